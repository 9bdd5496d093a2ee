import { runOver } from '../runs/follow-run.ts'
import { unknownRun } from '../runs/refusal.ts'
import { jsonText } from '../store/json-text.ts'
import { findRun } from '../store/queries/run-rows.ts'
import { findThread } from '../store/queries/thread-rows.ts'
import type { HttpContext } from './http-context.ts'

/** White space before the JSON shows proxies that the connection lives; a client's JSON parser passes over it. */
const aliveEveryMs = 5_000

async function finalValues(context: HttpContext, threadId: string, runId: string): Promise<unknown> {
  const run = await findRun(context.pool, runId)
  const thread = await findThread(context.pool, threadId)
  const values = thread?.values ?? {}
  if (run?.status === 'error' || run?.status === 'timeout') return { __error__: run.error }
  const pending = run?.status === 'interrupted' ? Object.values(thread?.interrupts ?? {}).flat() : []
  return pending.length > 0 && typeof values === 'object' ? { ...values, __interrupt__: pending } : values
}

/**
 * Answers with the thread's values once the run is over; with `__error__` if it failed, and `__interrupt__` if it waits for an answer.
 *
 * @param onGone runs when the client goes before
 */
export function finalValuesAnswer(
  context: HttpContext,
  run: { runId: string; threadId: string },
  headers: Record<string, string>,
  onGone: () => void,
): Response {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, context.closing])
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const alive = setInterval(() => controller.enqueue(encoder.encode('\n')), aliveEveryMs)
      runOver(context, run.runId, signal)
        .then(async () => {
          // The run goes on elsewhere: an answer cut short makes the client ask again.
          if (signal.aborted) throw new Error(unknownRun(run.threadId, run.runId).message)
          controller.enqueue(encoder.encode(jsonText(await finalValues(context, run.threadId, run.runId))))
          controller.close()
        })
        .catch((error: unknown) => {
          if (!signal.aborted) context.log.warn({ err: error, run_id: run.runId }, 'wait_failed')
          controller.error(error)
        })
        .finally(() => clearInterval(alive))
    },
    cancel() {
      gone.abort()
      onGone()
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/json', ...headers } })
}
