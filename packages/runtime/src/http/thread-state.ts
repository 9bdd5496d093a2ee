import { Hono } from 'hono'
import { z } from 'zod'
import { describeAgent } from '../agents/define-agent.ts'
import type { LoadedAgent, StateUpdate as NodeUpdate } from '../agents/loaded-agent.ts'
import { shownState } from '../runs/approvals/shown-state.ts'
import { agentOf } from '../runs/assistants/run-assistant.ts'
import { checkClientTexts } from '../runs/client-texts.ts'
import { agentForThread } from '../runs/graph-config.ts'
import { Refusal, unknownThread } from '../runs/refusal.ts'
import { type NamedCheckpoint, requireCheckpoint } from '../runs/require-checkpoint.ts'
import { requireStorable } from '../runs/require-storable.ts'
import { readState, sourceOf, threadHistory } from '../runs/thread-history.ts'
import { updateThreadValues } from '../runs/update-thread-values.ts'
import { jsonbText } from '../store/json-text.ts'
import { findThreadMetadata, updateThread } from '../store/queries/thread-rows.ts'
import { changeable } from '../store/scope.ts'
import { authorized } from './authorized.ts'
import {
  checked,
  checkedBody,
  checkedQuery,
  Flag,
  Metadata,
  MetadataFilter,
  Name,
  textList,
  uuidParameter,
  WholeNumberText,
} from './checked-input.ts'
import type { HttpContext } from './http-context.ts'
import { jsonAnswer } from './json-answer.ts'
import { Checkpoint, namedCheckpoint } from './named-checkpoint.ts'
import { selectedFields } from './selected-fields.ts'

export const StateQuery = z.strictObject({ subgraphs: Flag.optional(), select: textList.optional() })
export const StateAtCheckpoint = z.strictObject({
  checkpoint: Checkpoint,
  subgraphs: z.boolean().nullish(),
  select: z.array(z.string()).nullish(),
})
/** Maximum number of updates in one request. */
const mostUpdates = 1_000
export const StateUpdate = z.strictObject({
  values: z.unknown().optional(),
  checkpoint: Checkpoint.nullish(),
  checkpoint_id: z.string().nullish(),
  as_node: Name.nullish(),
})
export const StatePatch = z.strictObject({ metadata: Metadata })
const Before = z.union([z.string(), Checkpoint, z.strictObject({ configurable: Checkpoint })])
export const History = z.strictObject({
  limit: z.int().min(1).max(1_000).default(10),
  before: Before.nullish(),
  metadata: MetadataFilter.nullish(),
  checkpoint: Checkpoint.nullish(),
  select: z.array(z.string()).nullish(),
})
export const HistoryQuery = z.strictObject({ limit: WholeNumberText.optional(), before: z.string().optional() })

/** Returns the checkpoint that limits a thread's history: the history lists only checkpoints older than it. */
function beforeOf(before: z.output<typeof Before>): NamedCheckpoint {
  if (typeof before === 'string') return { checkpoint_id: before }
  return 'configurable' in before ? before.configurable : before
}

/** Returns the filter of a history by metadata. The answers show the thread's id in the metadata of its states, where no checkpoint has it. */
function filterOf(
  threadId: string,
  metadata: z.output<typeof Metadata> | null | undefined,
): z.output<typeof Metadata> | undefined {
  if (metadata?.thread_id !== threadId) return metadata ?? undefined
  const { thread_id: _, ...filter } = metadata
  return filter
}

/** State of a thread on which no graph has run yet, or of a subgraph that has not begun. */
const emptyState = (threadId: string, namespace: string): Record<string, unknown> => ({
  values: {},
  next: [],
  checkpoint: { thread_id: threadId, checkpoint_ns: namespace, checkpoint_id: null, checkpoint_map: null },
  metadata: {},
  created_at: null,
  parent_checkpoint: null,
  tasks: [],
  interrupts: [],
})

/**
 * Returns the updates of a request, in their order. A list has one update per item, unless the graph's whole state is one value, which may itself be
 * a list, or LangGraph's own `__copy__` reads the list.
 */
function updatesOf({ values, as_node }: z.output<typeof StateUpdate>, { graph }: LoadedAgent): readonly NodeUpdate[] {
  const update = (one: unknown): NodeUpdate => ({ values: one ?? null, ...(as_node ? { asNode: as_node } : {}) })
  const isOneValue = '__root__' in graph.channels || as_node === '__copy__'
  return Array.isArray(values) && values.length > 0 && !isOneValue ? values.map(update) : [update(values)]
}

/** Routes of the state of threads: read it, update it, and list its history. */
export function threadStates(): Hono {
  /** Returns the agent of a thread; undefined if no graph has run on it yet. */
  const agentOfThread = async (context: HttpContext, threadId: string): Promise<LoadedAgent | undefined> => {
    const metadata = await findThreadMetadata(context.pool, context.scope, threadId)
    if (!metadata) throw unknownThread(threadId)
    if (typeof metadata.graph_id !== 'string') return undefined
    return agentForThread(context.pool, agentOf(context.agents, metadata.graph_id), {
      tenant: context.scope.tenant,
      threadId,
    })
  }

  const stateAnswer = async (
    context: HttpContext,
    threadId: string,
    checkpoint: NamedCheckpoint | undefined,
    subgraphs: boolean | null | undefined,
    select: readonly string[] | null | undefined,
  ): Promise<Response> => {
    const agent = await agentOfThread(context, threadId)
    await requireCheckpoint(context.pool, threadId, checkpoint)
    const empty = (): Record<string, unknown> => emptyState(threadId, checkpoint?.checkpoint_ns ?? '')
    if (!agent) return jsonAnswer(selectedFields(empty(), select))
    const snapshot = await readState(sourceOf(context), agent, threadId, checkpoint, subgraphs ?? false)
    const of = { tenant: context.scope.tenant, threadId }
    const state = snapshot.createdAt ? await shownState(context.pool, of, snapshot) : empty()
    return jsonAnswer(selectedFields(state, select))
  }

  const historyAnswer = async (
    context: HttpContext,
    threadId: string,
    body: z.output<typeof History>,
  ): Promise<Response> => {
    const agent = await agentOfThread(context, threadId)
    const before = body.before ? beforeOf(body.before) : undefined
    const states = await context.reads.ofThread(threadId, async (database) => {
      await requireCheckpoint(database, threadId, body.checkpoint)
      await requireCheckpoint(database, threadId, before)
      if (!agent) return []
      return threadHistory(
        { database, tenant: context.scope.tenant, onUnknownClass: context.onUnknownClass },
        agent,
        threadId,
        {
          limit: body.limit,
          checkpoint: body.checkpoint ?? {},
          before,
          metadata: filterOf(threadId, body.metadata),
        },
      )
    })
    return jsonAnswer(states.map((state) => selectedFields(state, body.select)))
  }

  const app = new Hono()
  app.get('/:thread_id/state', async (c) => {
    const context = c.get('context')
    const { subgraphs, select } = checkedQuery(c, StateQuery)
    return stateAnswer(context, uuidParameter(c, 'thread_id'), undefined, subgraphs, select)
  })
  app.post('/:thread_id/state/checkpoint', async (c) => {
    const context = c.get('context')
    const body = await checkedBody(context, c, StateAtCheckpoint)
    return stateAnswer(context, uuidParameter(c, 'thread_id'), body.checkpoint, body.subgraphs, body.select)
  })
  app.get('/:thread_id/state/:checkpoint_id', async (c) => {
    const context = c.get('context')
    const { subgraphs, select } = checkedQuery(c, StateQuery)
    const checkpoint = { checkpoint_id: c.req.param('checkpoint_id') }
    return stateAnswer(context, uuidParameter(c, 'thread_id'), checkpoint, subgraphs, select)
  })
  app.post('/:thread_id/state', async (c) => {
    const context = c.get('context')
    const threadId = uuidParameter(c, 'thread_id')
    const body = await checkedBody(context, c, StateUpdate)
    const agent = await agentOfThread(context, threadId)
    if (!agent) {
      throw new Refusal(
        422,
        `Thread ${threadId} has no graph yet, so its state has no schema. Start a run on it first, or create it with metadata.graph_id.`,
      )
    }
    requireStorable({ values: body.values })
    const allowed = describeAgent(agent.graph)?.allowedFindings
    await checkClientTexts(context.validation, { values: body.values }, threadId, allowed)
    const at = namedCheckpoint({
      checkpoint: body.checkpoint,
      checkpoint_id: { checkpoint_id: body.checkpoint_id },
    })
    const updates = updatesOf(body, agent)
    if (updates.length > mostUpdates) {
      throw new Refusal(422, `values: has ${updates.length} updates. Send at most ${mostUpdates} in one request.`)
    }
    const checkpoint = await updateThreadValues(context, agent, threadId, at, updates)
    return jsonAnswer({ checkpoint, configurable: checkpoint })
  })
  app.patch('/:thread_id/state', async (c) => {
    const threadId = uuidParameter(c, 'thread_id')
    const { metadata } = await checkedBody(c.get('context'), c, StatePatch)
    const value = { thread_id: threadId, metadata }
    const context = await authorized(c, 'threads:update', value)
    const change = { metadata: jsonbText(value.metadata), ttl: undefined }
    if (!(await updateThread(context.pool, changeable(context.scope), threadId, change))) throw unknownThread(threadId)
    return c.body(null, 204)
  })
  app.get('/:thread_id/history', async (c) => {
    const context = c.get('context')
    const threadId = uuidParameter(c, 'thread_id')
    const { limit, before } = checkedQuery(c, HistoryQuery)
    return historyAnswer(context, threadId, checked(History, { ...(limit === undefined ? {} : { limit }), before }))
  })
  app.post('/:thread_id/history', async (c) => {
    const context = c.get('context')
    const threadId = uuidParameter(c, 'thread_id')
    return historyAnswer(context, threadId, await checkedBody(context, c, History))
  })
  return app
}
