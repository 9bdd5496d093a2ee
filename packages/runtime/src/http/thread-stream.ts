import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { agentOf } from '../runs/assistants/run-assistant.ts'
import {
  followThread,
  type ThreadEvent,
  type ThreadStreamMode,
  threadStreamModes,
  wantedEntries,
} from '../runs/follow-thread.ts'
import { agentForThread } from '../runs/graph-config.ts'
import { Refusal, unknownThread } from '../runs/refusal.ts'
import { readState, sourceOf } from '../runs/thread-history.ts'
import { eventId, positionOf, type ThreadPosition } from '../runs/thread-position.ts'
import { threadState } from '../runs/thread-state.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { jsonText, jsonTextInTurns } from '../store/json-text.ts'
import { isOver } from '../store/queries/run-rows.ts'
import { highestEntryNumber, newestThreadEntry } from '../store/queries/thread-entries.ts'
import { findThreadMetadata } from '../store/queries/thread-rows.ts'
import { checkedQuery, uuidParameter } from './checked-input.ts'
import { cutOf, sentEvents, streamHeaders } from './event-stream.ts'
import type { HttpContext } from './http-context.ts'
import { OpenStreams } from './open-streams.ts'

/** Texts of a query parameter that is given once, several times, separated by commas, or as a JSON list. */
const texts = z.union([z.string(), z.array(z.string())]).transform((given, context): string[] => {
  const all: string[] = []
  for (const text of typeof given === 'string' ? [given] : given) {
    if (!text.startsWith('[')) all.push(...text.split(',').map((one) => one.trim()))
    else {
      const list = z.array(z.string()).safeParse(jsonOf(text))
      if (list.success) all.push(...list.data)
      else context.addIssue({ code: 'custom', message: `"${text}" is not a JSON list of texts`, input: given })
    }
  }
  return all.filter((text) => text !== '')
})

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const Modes = texts.pipe(z.array(z.enum(threadStreamModes)))

export const ThreadStreamQuery = z.strictObject({
  /** Modes of the stream, by the name of the API. */
  stream_modes: Modes.optional(),
  /** Modes of the stream, by the name that the JavaScript and Python clients send. */
  stream_mode: Modes.optional(),
})

/** Streams of threads: the events of all runs of a thread, one after another, and the states that clients write. */
export function threadStream({ closing }: Pick<HttpContext, 'closing'>): Hono {
  const streams = new OpenStreams(closing)
  const app = new Hono()
  app.get('/:thread_id/stream', async (c) => {
    const context = c.get('context')
    const threadId = uuidParameter(c, 'thread_id')
    const { stream_modes = [], stream_mode = [] } = checkedQuery(c, ThreadStreamQuery)
    const asked = [...stream_modes, ...stream_mode]
    const modes = new Set<ThreadStreamMode>(asked.length > 0 ? asked : ['run_modes'])
    const from = await startOf(context, c, threadId, modes)
    const stateAt: Parameters<typeof followThread>[2]['stateAt'] = ({ checkpointId, checkpointNs }) =>
      stateText(context, threadId, { checkpoint_id: checkpointId, checkpoint_ns: checkpointNs })
    const frames = async function* (signal: AbortSignal): AsyncGenerator<string> {
      // Names the beginning, so that a client whose connection breaks before the first event misses none.
      yield `id: ${eventId(from)}\n\n`
      const following = followThread(context, threadId, { from, modes, stateAt }, signal)
      try {
        for (;;) {
          const { done, value } = await following.next()
          if (done) {
            if (value) yield written({ id: undefined, event: 'error', data: jsonText(value) })
            return
          }
          yield value.map(written).join('')
        }
      } finally {
        await following.return(undefined)
      }
    }
    return new Response(sentEvents(streams, frames, { cut: cutOf(c) }), {
      headers: { ...streamHeaders, location: `/threads/${threadId}/stream${new URL(c.req.url).search}` },
    })
  })
  return app
}

const written = ({ id, event, data }: ThreadEvent): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`

/**
 * The position at which a stream begins: after the event of the header `Last-Event-ID`, or else after everything that has happened.
 *
 * @throws {Refusal} 404 for an unknown thread, 422 for an id that no event has
 */
async function startOf(
  { pool, scope }: Pick<HttpContext, 'pool' | 'scope'>,
  c: Context,
  threadId: string,
  modes: ReadonlySet<ThreadStreamMode>,
): Promise<ThreadPosition> {
  const newest = await newestThreadEntry(pool, scope, threadId, wantedEntries(modes))
  if (!newest) throw unknownThread(threadId)
  const { number, status, sequence } = newest
  const header = c.req.header('last-event-id')
  if (!header) return { number, after: status === null || isOver(status) ? 'end' : sequence }
  const position = positionOf(header)
  if (position && position.number <= Math.max(number, await highestEntryNumber(pool))) return position
  throw new Refusal(
    422,
    `Last-Event-ID: "${header}" is not the id of an event of thread ${threadId}. Send "-" for its events from the beginning, or no Last-Event-ID for new ones.`,
  )
}

/** The state of a thread at a checkpoint as JSON text; `null` if it can't be read. */
async function stateText(
  context: HttpContext,
  threadId: string,
  checkpoint: { readonly checkpoint_id: string; readonly checkpoint_ns: string },
): Promise<string> {
  try {
    const { graph_id: graphId } = (await findThreadMetadata(context.pool, context.scope, threadId)) ?? {}
    if (typeof graphId !== 'string') return 'null'
    const agent = await agentForThread(context.pool, agentOf(context.agents, graphId), {
      tenant: context.scope.tenant,
      threadId,
    })
    const snapshot = await readState(sourceOf(context), agent, threadId, checkpoint, false)
    return await jsonTextInTurns(threadState(snapshot))
  } catch (error) {
    if (isConnectionTrouble(error)) throw error
    context.log.warn({ err: error, thread_id: threadId }, 'state_not_streamed')
    return 'null'
  }
}
