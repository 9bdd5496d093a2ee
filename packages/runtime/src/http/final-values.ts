import { shownList } from '../runs/approvals/shown-interrupts.ts'
import type { EndWait } from '../runs/end-wait.ts'
import { goneRun } from '../runs/gone-run.ts'
import { jsonText } from '../store/json-text.ts'
import { findResult } from '../store/queries/run-result.ts'
import { isOver, type RunRow } from '../store/queries/run-rows.ts'
import { findThread } from '../store/queries/thread-rows.ts'
import { wholeTenant } from '../store/scope.ts'
import type { HttpContext } from './http-context.ts'

/**
 * Interval in milliseconds at which the server sends a line feed to a client that waits for the JSON of a run. The line feeds show proxies that the
 * connection is alive, and a JSON parser skips them.
 */
const aliveEveryMs = 5_000
/**
 * Returns the JSON text of the response to a client that waited for a run: the run's last values, or its error. Returns undefined if the run is not
 * over.
 *
 * @param seen the run when the client began to wait
 */
async function finalValues(context: HttpContext, seen: RunRow): Promise<string | undefined> {
  const { run_id: runId, thread_id: threadId } = seen
  // The client was allowed to see the run when it began to wait. An approver would no longer see the thread of an answered question.
  const ofTenant = wholeTenant(context.scope.tenant)
  const run = await findResult(context.pool, context.scope.tenant, runId)
  if (!run) return jsonText({ __error__: await goneRun(context.pool, ofTenant, { runId, threadId }, seen.status) })
  if (!isOver(run.status)) return undefined
  if (run.status === 'error' || run.status === 'timeout') return jsonText({ __error__: run.error })
  if (run.output !== null) return run.output
  // The run was cancelled before it had values: the response has the thread's values.
  const thread = await findThread(context.pool, ofTenant, threadId)
  const values = thread?.values ?? {}
  const pending = run.status === 'interrupted' ? shownList(thread?.interrupts ?? {}) : []
  return jsonText(pending.length > 0 && typeof values === 'object' ? { ...values, __interrupt__: pending } : values)
}

/** Waits for the end of a run and returns the JSON text of the response. */
async function answerOf(context: HttpContext, run: RunRow, end: EndWait, signal: AbortSignal): Promise<string> {
  if (isOver(run.status)) end.readNow()
  const answer = await end.until(() => finalValues(context, run), signal)
  // The server closes, and the run continues elsewhere: a truncated response makes the client retry.
  if (answer === undefined) throw new Error(`The server stopped waiting for run ${run.run_id}. Join the run again.`)
  return answer
}

/**
 * HTTP response with a run's last values, sent when the run is over. It has `__interrupt__` if the run waits for an answer, and `__error__` if the
 * run failed, was rolled back or was deleted: the status code has been sent long before.
 *
 * @param run the run when the client began to wait
 * @param end wait for the end of the run, created before `run` was read
 * @param onGone called if the client disconnects before the end
 */
export function finalValuesAnswer(
  context: HttpContext,
  run: RunRow,
  end: EndWait,
  headers: Record<string, string>,
  onGone: () => void,
): Response {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, context.closing])
  const encoder = new TextEncoder()
  let alive: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      alive = setInterval(() => controller.enqueue(encoder.encode('\n')), aliveEveryMs)
      answerOf(context, run, end, signal)
        .then((answer) => {
          controller.enqueue(encoder.encode(answer))
          controller.close()
        })
        .catch((error: unknown) => {
          if (!signal.aborted) context.log.warn({ err: error, run_id: run.run_id }, 'wait_failed')
          controller.error(error)
        })
        .finally(() => clearInterval(alive))
    },
    cancel() {
      // The response may still wait for the database. A timer that writes to a cancelled stream throws, which ends the process.
      clearInterval(alive)
      gone.abort()
      onGone()
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/json', ...headers } })
}
