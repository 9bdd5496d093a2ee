import type { StateSnapshot } from '@langchain/langgraph'
import { jsonbText, jsonbTextInTurns } from '../store/json-text.ts'
import type { RestingThread } from '../store/queries/end-run.ts'

/** What a run's end says of itself to whoever reads the thread. */
export interface RunError {
  readonly error: string
  readonly message: string
}

/** The interrupts that wait for an answer, by the id of the task that asks. One that has its result waits no more. */
export function pendingInterrupts(snapshot: StateSnapshot): Record<string, { id?: string; value?: unknown }[]> {
  const asking = snapshot.tasks.filter(
    (task) => (task.interrupts?.length ?? 0) > 0 && !('result' in task && task.result),
  )
  return Object.fromEntries(asking.map((task) => [task.id, [...task.interrupts]]))
}

/** How a thread rests in a state: waiting for an answer or to be continued, failed, or idle. */
export async function restingThread(snapshot: StateSnapshot, error: RunError | null): Promise<RestingThread> {
  const status = error ? 'error' : snapshot.next.length > 0 ? 'interrupted' : 'idle'
  return {
    status,
    values: await jsonbTextInTurns(snapshot.values ?? {}),
    interrupts: jsonbText(pendingInterrupts(snapshot)),
    error: error && jsonbText(error),
  }
}
