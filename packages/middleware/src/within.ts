/** Result of {@link within} if the time limit passed first. */
export const late: unique symbol = Symbol('late')

/**
 * The result of a promise, or `late` after a time limit. The work of the promise continues, and its later failure is ignored.
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
  // One more turn of the event loop, because a busy process reads a result late that arrived in time.
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
