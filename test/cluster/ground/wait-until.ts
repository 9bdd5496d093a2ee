import { setTimeout as sleep } from 'node:timers/promises'

export interface WaitOptions {
  /** Maximum time to wait, in seconds. Default: 60. */
  readonly within?: number
  /** Returns the current state, for the error message after the maximum time. */
  readonly state?: () => unknown
}

/**
 * Calls `ask` repeatedly until it returns neither `false` nor `undefined`, and returns its result. An error of `ask` counts as "not yet", and
 * the last one is shown at the end.
 *
 * @param what completes the sentence "Waited … for": `the Deployment to be ready`
 * @throws Error after the maximum time, with the awaited condition and the current state
 */
export async function waitUntil<T>(
  what: string,
  ask: () => T | false | undefined | Promise<T | false | undefined>,
  { within = 60, state }: WaitOptions = {},
): Promise<T> {
  const deadline = performance.now() + within * 1000
  let lastError: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== false && answer !== undefined) return answer
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (performance.now() > deadline) break
    await sleep(100)
  }
  const last =
    lastError === undefined ? '' : ` The last answer was: ${lastError instanceof Error ? lastError.message : lastError}`
  const seen = state === undefined ? '' : `\nIt stood so: ${JSON.stringify(await state(), null, 1)}`
  throw new Error(`Waited ${within} s for ${what}.${last}${seen}`, { cause: lastError })
}
