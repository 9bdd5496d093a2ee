import { eventually } from '@hadal/runtime/fixtures/eventually'
import { type AcceptedRun, effectsOf } from './oracle.ts'

/** Waits until each run has begun so many steps, repeated ones included. */
export async function begun(runs: readonly AcceptedRun[], steps: number): Promise<void> {
  for (const run of runs)
    await eventually(
      () => effectsOf(run).length,
      (count) => count >= steps,
    )
}
