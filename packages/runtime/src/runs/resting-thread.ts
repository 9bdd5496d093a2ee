import type { StateSnapshot } from '@langchain/langgraph'
import { jsonbText, jsonbTextInTurns } from '../store/json-text.ts'
import type { RestingThread } from '../store/queries/end-run.ts'
import { askingTasks } from './thread-state.ts'

/** The error of a run, as clients get it. */
export interface RunError {
  readonly error: string
  readonly message: string
}

/** Interrupts that wait for an answer, by the id of their task. A task that has a result no longer waits. */
export function pendingInterrupts(snapshot: StateSnapshot): Record<string, { id?: string; value?: unknown }[]> {
  const asking = askingTasks(snapshot).filter(({ interrupts, waits }) => waits && interrupts.length > 0)
  return Object.fromEntries(asking.map(({ id, interrupts }) => [id, [...interrupts]]))
}

/** Status, values and interrupts of a thread without an active run. The status is `error`, `interrupted` or `idle`. */
export async function restingThread(snapshot: StateSnapshot, error: RunError | null): Promise<RestingThread> {
  const status = error ? 'error' : snapshot.next.length > 0 ? 'interrupted' : 'idle'
  return {
    status,
    values: await jsonbTextInTurns(snapshot.values ?? {}),
    interrupts: jsonbText(pendingInterrupts(snapshot)),
    error: error && jsonbText(error),
  }
}
