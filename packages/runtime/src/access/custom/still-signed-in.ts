/**
 * Pause in milliseconds between two calls of the author's `authenticate` for an open request. With the pause between two looks at the open requests,
 * a request ends within 10 seconds after its user is refused.
 */
const pauseMs = 6_000

/**
 * Returns whether the user of an open request is still signed in, by a check that calls the author's code. The answer is the last one of the check,
 * which works in the background: a slow or hanging `authenticate` delays nothing else, and is not called a second time meanwhile.
 *
 * @param check must not throw
 */
export function stillSignedIn(check: () => Promise<boolean>): () => Promise<boolean> {
  let [valid, checking, checkAt] = [true, false, performance.now() + pauseMs]
  const again = async (): Promise<void> => {
    checking = true
    valid = await check()
    checking = false
    checkAt = performance.now() + pauseMs
  }
  return async () => {
    if (valid && !checking && performance.now() >= checkAt) void again()
    return valid
  }
}
