import { followRun } from '../runs/follow-run.ts'
import type { RunIds } from '../runs/gone-run.ts'
import type { RunError } from '../runs/resting-thread.ts'
import { jsonText } from '../store/json-text.ts'
import type { RunEvent } from '../store/queries/run-events.ts'
import type { HttpContext } from './http-context.ts'

/** A comment is sent when nothing else was for so long, so that clients and proxies see that the connection lives. */
const heartbeatAfterMs = 4_000

/**
 * A run's events as server-sent events, each with its sequence as its id. It is read at the client's pace, and ends with the run or with
 * the server. For a run that was rolled back or deleted meanwhile, the last event is an `error` that says so.
 *
 * @param after the sequence that the client has already, 0 for none
 * @param wanted whether an event is for this client
 * @param onGone runs when the client goes before the end
 */
export function eventStream(
  context: HttpContext,
  run: RunIds,
  after: number,
  wanted: (event: string) => boolean,
  onGone: () => void,
): ReadableStream<Uint8Array> {
  const gone = new AbortController()
  const following = followRun(context, run, after, AbortSignal.any([gone.signal, context.closing]))
  const encoder = new TextEncoder()
  let writtenAt = Date.now()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await following.next()
          if (done) {
            if (value?.kind === 'gone') controller.enqueue(encoder.encode(lastError(value.error)))
            return controller.close()
          }
          const text = value
            .filter(({ event }) => wanted(event))
            .map(written)
            .join('')
          const silent = text === '' && Date.now() - writtenAt < heartbeatAfterMs
          if (silent) continue
          writtenAt = Date.now()
          return controller.enqueue(encoder.encode(text || ': heartbeat\n\n'))
        }
      },
      cancel() {
        gone.abort()
        onGone()
      },
    },
    { highWaterMark: 1 },
  )
}

/** Has no id: there is nothing after it that a client could ask for. */
const lastError = (error: RunError): string => `event: error\ndata: ${jsonText(error)}\n\n`

const written = ({ sequence, event, data }: RunEvent): string => `id: ${sequence}\nevent: ${event}\ndata: ${data}\n\n`

/** What a client that names stream modes gets: those, in subgraphs too, and what every stream has. */
export function wantedModes(modes: readonly string[] | undefined): (event: string) => boolean {
  if (!modes) return () => true
  const names = new Set(['metadata', 'error', ...modes.map((mode) => (mode === 'messages-tuple' ? 'messages' : mode))])
  return (event) =>
    names.has(event.split('|')[0] ?? '') || (modes.includes('messages') && event.startsWith('messages/'))
}
