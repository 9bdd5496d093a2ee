/** The result of {@link within} when the time was over first. */
export const late: unique symbol = Symbol('late')

/**
 * The result of a promise, or `late` after a time limit. The work behind the promise goes on, and its later failure is ignored.
 *
 * @param ms time limit in milliseconds
 * @throws the error of the promise, or the reason of the signal once it is aborted
 */
export async function within<Result>(
  promise: Promise<Result>,
  ms: number,
  signal?: AbortSignal,
): Promise<Result | typeof late> {
  signal?.throwIfAborted()
  const { promise: first, resolve, reject } = Promise.withResolvers<Result | typeof late>()
  // A busy process reads an answer late that came in time, so it gets one more turn of the event loop.
  const timer = setTimeout(() => setImmediate(() => resolve(late)), ms)
  const onAbort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  promise.then(resolve, reject)
  try {
    return await first
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
