import { setTimeout as pause } from 'node:timers/promises'
import { runOver } from '../runs/follow-run.ts'
import { goneRun, type RunIds } from '../runs/gone-run.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { jsonText } from '../store/json-text.ts'
import { findInternalEvent, internalEvents } from '../store/queries/run-events.ts'
import { findRun } from '../store/queries/run-rows.ts'
import { findThread } from '../store/queries/thread-rows.ts'
import type { HttpContext } from './http-context.ts'

/**
 * Interval in milliseconds at which the server sends a line feed to a client that waits for the JSON of a run. The line feeds show proxies that the
 * connection is alive, and a JSON parser skips them.
 */
const aliveEveryMs = 5_000
/** Pause in milliseconds after a database error before the server reads a run's response again. */
const readAgainMs = 500

/** Returns the JSON text of the response to a client that waited for a run: the run's last values, or its error. The run must be over. */
async function finalValues(context: HttpContext, { runId, threadId }: RunIds): Promise<string> {
  const run = await findRun(context.pool, runId)
  if (!run) return jsonText({ __error__: await goneRun(context.pool, { runId, threadId }, undefined) })
  if (run.status === 'error' || run.status === 'timeout') return jsonText({ __error__: run.error })
  const output = await findInternalEvent(context.pool, runId, internalEvents.output)
  if (output !== undefined) return output
  // The run was cancelled before it had values: the response has the thread's values.
  const thread = await findThread(context.pool, threadId)
  const values = thread?.values ?? {}
  const pending = run.status === 'interrupted' ? Object.values(thread?.interrupts ?? {}).flat() : []
  return jsonText(pending.length > 0 && typeof values === 'object' ? { ...values, __interrupt__: pending } : values)
}

/** Waits for the end of a run and returns the JSON text of the response. Retries while the database is unavailable, until `signal` is aborted. */
async function answerOf(context: HttpContext, run: RunIds, signal: AbortSignal): Promise<string> {
  for (;;) {
    try {
      const end = await runOver(context, run, signal)
      // The server closes, and the run continues elsewhere: a truncated response makes the client retry.
      if (!end) throw new Error(`The server stopped waiting for run ${run.runId}. Join the run again.`)
      if (end.kind === 'gone') return jsonText({ __error__: end.error })
      return await finalValues(context, run)
    } catch (error) {
      if (!isConnectionTrouble(error) || signal.aborted) throw error
      await pause(readAgainMs, undefined, { signal })
    }
  }
}

/**
 * HTTP response with a run's last values, sent when the run is over. It has `__interrupt__` if the run waits for an answer, and `__error__` if the
 * run failed, was rolled back or was deleted: the status code has been sent long before.
 *
 * @param onGone called if the client disconnects before the end
 */
export function finalValuesAnswer(
  context: HttpContext,
  run: RunIds,
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
      answerOf(context, run, signal)
        .then((answer) => {
          controller.enqueue(encoder.encode(answer))
          controller.close()
        })
        .catch((error: unknown) => {
          if (!signal.aborted) context.log.warn({ err: error, run_id: run.runId }, 'wait_failed')
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
