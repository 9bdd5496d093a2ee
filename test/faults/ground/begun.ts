import { eventually } from '@hadal/runtime/fixtures/eventually'
import { type AcceptedRun, effectsOf } from './oracle.ts'

/**
 * Waits until each run has begun the given number of steps, including repeated steps.
 *
 * @param attempt counts steps of this attempt and of later ones only
 */
export async function begun(runs: readonly AcceptedRun[], steps: number, attempt = 0): Promise<void> {
  for (const run of runs)
    await eventually(
      () => effectsOf(run).filter((effect) => effect.attempt >= attempt).length,
      (count) => count >= steps,
    )
}
