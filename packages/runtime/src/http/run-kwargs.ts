import { isRunRequest } from '../runs/run-request.ts'
import type { RunRow } from '../store/queries/run-rows.ts'

/** What a client asked of a run, as `kwargs` of a run in the API's format. The fields are those of the public servers. */
export function runKwargs({
  request,
  run_id,
  thread_id,
  graph_id,
  assistant_id,
}: Pick<RunRow, 'request' | 'run_id' | 'thread_id' | 'graph_id' | 'assistant_id'>): Record<string, unknown> {
  if (!isRunRequest(request)) return {}
  return {
    input: request.input ?? null,
    command: request.command ?? null,
    config: {
      ...request.config,
      configurable: {
        ...request.config?.configurable,
        ...request.checkpoint,
        run_id,
        thread_id,
        graph_id,
        assistant_id,
      },
    },
    context: request.context ?? {},
    stream_mode: request.streamModes,
    subgraphs: request.streamSubgraphs,
    resumable: true,
    interrupt_before: request.interruptBefore ?? null,
    interrupt_after: request.interruptAfter ?? null,
    webhook: null,
    feedback_keys: null,
  }
}
