import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { describeAgent } from '../agents/define-agent.ts'
import type { LoadedAgent, Superstep } from '../agents/loaded-agent.ts'
import { answeredCalls } from '../runs/approvals/answered-calls.ts'
import { agentOf } from '../runs/assistants/run-assistant.ts'
import { checkClientTexts } from '../runs/client-texts.ts'
import { copyThread, type ThreadCopy } from '../runs/copy-thread.ts'
import { createThread } from '../runs/create-thread.ts'
import { deleteThread } from '../runs/delete-thread.ts'
import { graphInput } from '../runs/graph-input.ts'
import { Refusal, takenThread, unknownThread } from '../runs/refusal.ts'
import { requireStorable } from '../runs/require-storable.ts'
import { jsonbText } from '../store/json-text.ts'
import { findThread, findThreadMetadata, updateThread } from '../store/queries/thread-rows.ts'
import { findThreadTtl } from '../store/queries/thread-ttl.ts'
import { changeable } from '../store/scope.ts'
import { authorized } from './authorized.ts'
import { checkedBody, checkedQuery, Metadata, Name, NoQuery, Uuid, uuidParameter } from './checked-input.ts'
import type { HttpContext } from './http-context.ts'
import { jsonAnswer } from './json-answer.ts'
import { Command, commandOf } from './run-body.ts'
import { threadAnswer } from './thread-answer.ts'
import { Ttl, ttlAnswer, ttlOf } from './thread-ttl.ts'

/** Maximum number of supersteps of a new thread, and of updates in one superstep. */
const mostSupersteps = 1_000
const SuperstepUpdate = z
  .strictObject({ as_node: Name, values: z.unknown().optional(), command: Command.nullish() })
  .refine(({ command }) => (command?.resume ?? null) === null, {
    path: ['command', 'resume'],
    error: 'a superstep answers no interrupt: send update or goto',
  })
const Supersteps = z
  .array(z.strictObject({ updates: z.array(SuperstepUpdate).min(1).max(mostSupersteps) }))
  .max(mostSupersteps)

export const Create = z.strictObject({
  thread_id: Uuid.nullish(),
  metadata: Metadata.nullish(),
  if_exists: z.enum(['raise', 'do_nothing']).nullish(),
  supersteps: Supersteps.nullish(),
  ttl: Ttl,
})
export const Update = z.strictObject({ metadata: Metadata.nullish(), ttl: Ttl })
export const ReadQuery = z.strictObject({
  /** Additional fields of the answer, separated by commas. */
  include: z
    .string()
    .refine((text) => text.split(',').every((name) => ['', 'ttl'].includes(name.trim())), 'must be "ttl"')
    .optional(),
})
/** Whether a client wants no body in the answer to a change: the header `Prefer` with `return=minimal`, in any case and beside other preferences. */
const wantsNoBody = (c: Context): boolean =>
  (c.req.header('prefer') ?? '')
    .split(/[,;]/)
    .some((preference) => /^return="?minimal"?$/i.test(preference.replaceAll(' ', '')))

/**
 * Returns the agent and the updates of the supersteps in a request for a new thread; undefined if the request has none.
 *
 * @throws {Refusal} 404 for an unknown graph; 422 if the metadata names no graph, or for a value that no state can hold or that input validation blocks
 */
async function historyOf(
  context: HttpContext,
  threadId: string,
  { metadata, supersteps }: z.output<typeof Create>,
): Promise<{ agent: LoadedAgent; supersteps: Superstep[] } | undefined> {
  if (!supersteps?.length) return undefined
  const graphId = metadata?.graph_id
  if (typeof graphId !== 'string') {
    throw new Refusal(
      422,
      'supersteps: the metadata names no graph that has this state. Send the graph too, in metadata.graph_id.',
    )
  }
  // A thread with this id may exist, of another user: its runs don't configure the graph.
  const agent = await agentOf(context.agents, graphId).load({
    configurable: { thread_id: threadId, graph_id: graphId },
  })
  requireStorable({ supersteps })
  await checkClientTexts(context.validation, { supersteps }, threadId, describeAgent(agent.graph)?.allowedFindings)
  return {
    agent,
    supersteps: supersteps.map(({ updates }) => ({
      updates: updates.map(({ as_node: asNode, values, command }) => ({
        asNode,
        values: command ? graphInput({ command: commandOf(command) }) : (values ?? null),
      })),
    })),
  }
}

/** Routes of threads: create, read, update, delete and copy them. */
export function threads(): Hono {
  const app = new Hono()

  app.post('/', async (c) => {
    const body = await checkedBody(c.get('context'), c, Create)
    const threadId = body.thread_id ?? randomUUID()
    const value = { thread_id: threadId, metadata: body.metadata ?? {}, if_exists: body.if_exists ?? 'raise' }
    const context = await authorized(c, 'threads:create', value)
    const history = await historyOf(context, threadId, { ...body, metadata: value.metadata })
    const metadata = jsonbText(value.metadata)
    const created = await createThread(context, { threadId, metadata, ttl: ttlOf(body.ttl) }, history)
    if (created) return jsonAnswer(threadAnswer(created))
    if (body.if_exists !== 'do_nothing') {
      throw new Refusal(
        409,
        `There is a thread ${threadId} already. If it is yours, send if_exists: "do_nothing" to get it as it is. Otherwise send another thread_id.`,
      )
    }
    const read = await authorized(c, 'threads:read', { thread_id: threadId })
    // The thread has to match the filters of both events.
    const ofBoth = (await findThread(context.pool, changeable(context.scope), threadId)) !== undefined
    const existing = ofBoth ? await findThread(context.pool, changeable(read.scope), threadId) : undefined
    if (!existing) throw takenThread(threadId)
    return jsonAnswer(threadAnswer(existing))
  })

  app.get('/:thread_id', async (c) => {
    const context = c.get('context')
    const threadId = uuidParameter(c, 'thread_id')
    const { include = '' } = checkedQuery(c, ReadQuery)
    const thread = await findThread(context.pool, context.scope, threadId)
    if (!thread) throw unknownThread(threadId)
    const ttl = include.includes('ttl')
      ? await findThreadTtl(context.pool, { tenant: context.scope.tenant, threadId }, context.retention.threadTtl)
      : undefined
    return jsonAnswer({
      ...threadAnswer(thread, await answeredCalls(context, [thread])),
      ...(ttl ? { ttl: ttlAnswer(ttl) } : {}),
    })
  })

  app.patch('/:thread_id', async (c) => {
    const threadId = uuidParameter(c, 'thread_id')
    const body = await checkedBody(c.get('context'), c, Update)
    const value = { thread_id: threadId, metadata: body.metadata ?? {} }
    const context = await authorized(c, 'threads:update', value)
    const metadata = jsonbText(value.metadata)
    const thread = await updateThread(context.pool, changeable(context.scope), threadId, {
      metadata,
      ttl: ttlOf(body.ttl),
    })
    if (!thread) throw unknownThread(threadId)
    if (wantsNoBody(c)) return c.body(null, 204)
    return jsonAnswer(threadAnswer(thread))
  })

  app.delete('/:thread_id', async (c) => {
    const context = c.get('context')
    checkedQuery(c, NoQuery)
    await deleteThread(context, uuidParameter(c, 'thread_id'))
    return c.body(null, 204)
  })

  app.post('/:thread_id/copy', async (c) => {
    const threadId = uuidParameter(c, 'thread_id')
    const context = await authorized(c, 'threads:read', { thread_id: threadId })
    const copy = await allowedCopy(c, context, threadId)
    return jsonAnswer(threadAnswer(await copyThread(context, threadId, copy)))
  })
  return app
}

/** Returns the id and metadata of a copy as the author's handler for new threads leaves them; undefined without a handler. */
async function allowedCopy(c: Context, context: HttpContext, threadId: string): Promise<ThreadCopy | undefined> {
  if (!c.get('caller').authorize) return undefined
  const metadata = await findThreadMetadata(context.pool, context.scope, threadId)
  if (!metadata) throw unknownThread(threadId)
  const value = { thread_id: randomUUID(), metadata }
  await authorized(c, 'threads:create', value)
  return { threadId: value.thread_id, metadata: jsonbText(value.metadata) }
}
