import { setTimeout as pause } from 'node:timers/promises'
import { runOver } from '../runs/follow-run.ts'
import { goneRun, type RunIds } from '../runs/gone-run.ts'
import { unknownRun } from '../runs/refusal.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { jsonText } from '../store/json-text.ts'
import { findInternalEvent, internalEvents } from '../store/queries/run-events.ts'
import { findRun } from '../store/queries/run-rows.ts'
import { findThread } from '../store/queries/thread-rows.ts'
import type { HttpContext } from './http-context.ts'

/** White space before the JSON shows proxies that the connection lives; a client's JSON parser passes over it. */
const aliveEveryMs = 5_000
/** How long after a database error the answer is read again. */
const readAgainMs = 500

/** The JSON text of the answer about a run that is over. */
async function finalValues(context: HttpContext, { runId, threadId }: RunIds): Promise<string> {
  const run = await findRun(context.pool, runId)
  if (!run) return jsonText({ __error__: await goneRun(context.pool, { runId, threadId }, undefined) })
  if (run.status === 'error' || run.status === 'timeout') return jsonText({ __error__: run.error })
  const output = await findInternalEvent(context.pool, runId, internalEvents.output)
  if (output !== undefined) return output
  // A run that was cancelled before it had values: what its thread holds.
  const thread = await findThread(context.pool, threadId)
  const values = thread?.values ?? {}
  const pending = run.status === 'interrupted' ? Object.values(thread?.interrupts ?? {}).flat() : []
  return jsonText(pending.length > 0 && typeof values === 'object' ? { ...values, __interrupt__: pending } : values)
}

/** Reads the answer, again and again while the database is away and the client is there. */
async function answerOf(context: HttpContext, run: RunIds, signal: AbortSignal): Promise<string> {
  for (;;) {
    try {
      const end = await runOver(context, run, signal)
      // The run goes on elsewhere: an answer cut short makes the client ask again.
      if (!end) throw new Error(unknownRun(run.threadId, run.runId).message)
      if (end.kind === 'gone') return jsonText({ __error__: end.error })
      return await finalValues(context, run)
    } catch (error) {
      if (!isConnectionTrouble(error) || signal.aborted) throw error
      await pause(readAgainMs, undefined, { signal })
    }
  }
}

/**
 * Answers with the run's last values once the run is over; with `__interrupt__` if it waits for an answer, and with `__error__` if it
 * failed, was rolled back or was deleted meanwhile: status and headers are sent long before.
 *
 * @param onGone runs when the client goes before
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
      // The answer may wait for the database for longer. A timer that writes to a cancelled stream throws, which ends the process.
      clearInterval(alive)
      gone.abort()
      onGone()
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/json', ...headers } })
}
