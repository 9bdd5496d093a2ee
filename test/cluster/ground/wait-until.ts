import { setTimeout as sleep } from 'node:timers/promises'

export interface WaitOptions {
  /** Seconds. */
  readonly within?: number
  /** What to say of how it stands, when the time is over. */
  readonly state?: () => unknown
}

/**
 * Asks until the answer is neither `false` nor `undefined`, and returns it. An error counts as "not yet" and is told at the end.
 *
 * @param what ends the sentence "Waited … for": `the Deployment to be ready`
 * @throws when the time is over, with what it waited for, and how it stood
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
