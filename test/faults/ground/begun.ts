import { eventually } from '@hadal/runtime/fixtures/eventually'
import { type AcceptedRun, effectsOf } from './oracle.ts'

/**
 * Waits until each run has begun at least a number of steps. Repeated steps count.
 *
 * @param attempt number of the first attempt whose steps count
 */
export async function begun(runs: readonly AcceptedRun[], steps: number, attempt = 0): Promise<void> {
  for (const run of runs)
    await eventually(
      () => effectsOf(run).filter((effect) => effect.attempt >= attempt).length,
      (count) => count >= steps,
    )
}
