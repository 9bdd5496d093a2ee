import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { followRun } from '../runs/follow-run.ts'
import type { RunIds } from '../runs/gone-run.ts'
import type { RunError } from '../runs/resting-thread.ts'
import { jsonText } from '../store/json-text.ts'
import type { RunEvent } from '../store/queries/run-events.ts'
import type { HttpContext } from './http-context.ts'
import type { OpenStream, OpenStreams } from './open-streams.ts'

const encoder = new TextEncoder()

/** Dependencies of the routes that stream events. */
export interface StreamContext extends HttpContext {
  readonly streams: OpenStreams
}

/**
 * Streams a run's events as server-sent events, each with its sequence number as its id. The stream ends with the run. If the run was
 * rolled back or deleted meanwhile, the last event is an `error` that says so.
 *
 * @param after sequence number of the last event that the client has; 0 for none
 * @param wanted whether the client receives events of this name
 */
export function eventStream(
  context: Pick<StreamContext, 'eventRows' | 'log' | 'pool' | 'runWatch' | 'scope' | 'streams'>,
  run: RunIds,
  after: number,
  wanted: (event: string) => boolean,
  options: SentEventsOptions,
): ReadableStream<Uint8Array> {
  const frames = (signal: AbortSignal): AsyncGenerator<string> => runFrames(context, run, after, wanted, signal)
  return sentEvents(context.streams, frames, options)
}

async function* runFrames(
  context: Pick<StreamContext, 'eventRows' | 'log' | 'pool' | 'runWatch' | 'scope'>,
  run: RunIds,
  after: number,
  wanted: (event: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const following = followRun(context, run, after, signal, wanted)
  try {
    for (;;) {
      const { done, value } = await following.next()
      if (!done) {
        yield value.map(written).join('')
        continue
      }
      if (value?.kind === 'gone') yield lastError(value.error)
      return
    }
  } finally {
    await following.return(undefined)
  }
}

/**
 * Returns a function that cuts the connection of a request; undefined without a connection. A server that closes cuts its streams and does not end them:
 * the official clients take an ended stream for complete if its run is over when they ask for it. After a cut they resume the stream at another replica.
 */
export function cutOf({ env }: Context): (() => void) | undefined {
  const bindings: Partial<HttpBindings> | undefined = env
  const outgoing = bindings?.outgoing
  return outgoing && 'destroy' in outgoing ? () => void outgoing.destroy() : undefined
}

export interface SentEventsOptions {
  /** Called if the client disconnects before the end. */
  readonly onGone?: () => void
  /** Cuts the connection when the server closes; without it, the stream ends then. */
  readonly cut?: (() => void) | undefined
}

/**
 * Streams server-sent events, which are read at the client's pace, with comments while there are none. The stream ends with the generator.
 *
 * @param frames yields texts of whole events, or empty ones; it must end when the signal is aborted
 */
export function sentEvents(
  streams: OpenStreams,
  frames: (signal: AbortSignal) => AsyncGenerator<string>,
  { onGone = () => {}, cut }: SentEventsOptions = {},
): ReadableStream<Uint8Array> {
  const ending = new AbortController()
  const following = frames(ending.signal)
  let stream: OpenStream | undefined
  const close = (): void => {
    if (stream) streams.delete(stream)
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stream = { controller, ending, cut, writtenAt: performance.now() }
        streams.add(stream)
      },
      async pull(controller) {
        try {
          for (;;) {
            const { done, value } = await following.next()
            if (done) {
              close()
              return controller.close()
            }
            if (value === '') continue
            if (stream) stream.writtenAt = performance.now()
            return controller.enqueue(encoder.encode(value))
          }
        } catch (error) {
          close()
          throw error
        }
      },
      cancel() {
        close()
        ending.abort()
        // If the client was slow, the generator waits for its next call, and would follow the run for ever.
        void following.return(undefined).catch(() => {})
        onGone()
      },
    },
    { highWaterMark: 1 },
  )
}

/** Headers of every stream of server-sent events. */
export const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // Disables buffering in nginx, which would delay events.
  'x-accel-buffering': 'no',
}

/** The final `error` event of a run's stream. It has no id: no event follows it, so a client never resumes after it. */
const lastError = (error: RunError): string => `event: error\ndata: ${jsonText(error)}\n\n`

const written = ({ sequence, event, data }: RunEvent): string => `id: ${sequence}\nevent: ${event}\ndata: ${data}\n\n`

/** Whether a client receives an event of a run's stream: `metadata`, `error`, and events of the named stream modes; without modes, every event. */
export function wantedModes(modes: readonly string[] | undefined): (event: string) => boolean {
  if (!modes || modes.length === 0) return () => true
  const names = new Set(['metadata', 'error', ...modes.map((mode) => (mode === 'messages-tuple' ? 'messages' : mode))])
  return (event) =>
    names.has(event.split('|')[0] ?? '') || (modes.includes('messages') && event.startsWith('messages/'))
}
