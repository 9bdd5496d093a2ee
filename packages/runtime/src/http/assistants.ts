import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import type { ListedAgents } from '../agents/loaded-agent.ts'
import { ownGraph } from '../runs/assistants/assistant-id.ts'
import { deleteAssistant } from '../runs/assistants/delete-assistant.ts'
import { ensureGraphs, registerGraphs } from '../runs/assistants/register-graphs.ts'
import {
  checkAssistantSettings,
  graphNamed,
  namedAssistantId,
  unknownAssistant,
} from '../runs/assistants/run-assistant.ts'
import { checkClientTexts } from '../runs/client-texts.ts'
import { Refusal } from '../runs/refusal.ts'
import { requireStorable } from '../runs/require-storable.ts'
import { inScope } from '../runs/runs-context.ts'
import { jsonbText } from '../store/json-text.ts'
import {
  type AssistantKey,
  type AssistantRow,
  type AssistantVersionRow,
  findAssistant,
  insertAssistant,
  insertAssistantVersion,
  listAssistantVersions,
  lockAssistant,
  setCurrentVersion,
  type VisibleAssistant,
} from '../store/queries/assistant-rows.ts'
import { type AssistantFilter, countAssistants, searchAssistants } from '../store/queries/search-assistants.ts'
import { changeable, type Scope, wholeTenant } from '../store/scope.ts'
import { transaction } from '../store/transaction.ts'
import { Count, Create, DeleteQuery, Latest, LatestQuery, Patch, Search, Versions } from './assistant-bodies.ts'
import { authorized } from './authorized.ts'
import { checkedBody, checkedQuery } from './checked-input.ts'
import type { HttpContext } from './http-context.ts'
import { jsonAnswer } from './json-answer.ts'
import { selectedFields } from './selected-fields.ts'

/** A version of an assistant in the API's format. */
const versionAnswer = (row: AssistantVersionRow): Record<string, unknown> => ({
  assistant_id: row.assistant_id,
  graph_id: row.graph_id,
  name: row.name,
  description: row.description,
  config: row.config,
  context: row.context,
  metadata: row.metadata,
  version: row.version,
  created_at: row.created_at.toISOString(),
  // The public document requires this field. A version never changes after its creation.
  updated_at: row.created_at.toISOString(),
})

/** An assistant in the API's format. If it is a graph's own and this server can't load the graph, its metadata have the reason. */
function assistantAnswer(agents: ListedAgents, row: AssistantRow): Record<string, unknown> {
  const problem = row.system ? agents.get(row.graph_id)?.problem : undefined
  return {
    ...versionAnswer(row),
    metadata: { ...row.metadata, ...(problem === undefined ? {} : { problem }) },
    updated_at: row.updated_at.toISOString(),
  }
}

interface Settings {
  readonly config?: Readonly<Record<string, unknown>> | null | undefined
  readonly context?: Readonly<Record<string, unknown>> | null | undefined
}

const textOf = (value: object | null | undefined): string | undefined => (value ? jsonbText(value) : undefined)

/** Routes of assistants: create, search, count, read, change and delete them, and their versions. */
export function assistants({ agents }: Pick<HttpContext, 'agents'>): Hono {
  const app = new Hono()
  const answer = (row: AssistantRow): Record<string, unknown> => assistantAnswer(agents, row)

  /**
   * Returns the key of the assistant that a path names by its id or by its graph.
   *
   * @param changes whether the request changes the assistant: the caller may read more assistants than it may change
   */
  const keyOf = (c: Context, changes = false): AssistantKey & VisibleAssistant => {
    const name = c.req.param('assistant_id') ?? ''
    const assistantId = namedAssistantId(agents, name)
    if (assistantId === undefined) throw unknownAssistant(agents, name)
    const { scope } = c.get('context')
    return { tenant: scope.tenant, scope: changes ? changeable(scope) : scope, assistantId }
  }
  const found = async (context: HttpContext, key: VisibleAssistant): Promise<AssistantRow> => {
    let row = await findAssistant(context.pool, key)
    if (!row && ownGraph(agents, key.assistantId)) {
      // A client deleted the row through a server of another release of the agents, which does not have the graph.
      await registerGraphs(context)
      row = await findAssistant(context.pool, key)
    }
    if (!row) throw unknownAssistant(agents, key.assistantId)
    return row
  }
  const checkSettings = async (
    { validation }: HttpContext,
    graphId: string,
    { config, context: given }: Settings,
  ): Promise<void> => {
    const agent = graphNamed(agents, graphId, 'The request')
    checkAssistantSettings(agent, { config: config ?? {}, context: given ?? {} })
    requireStorable({ config, context: given })
    const sent = { config, context: given }
    await checkClientTexts(validation, sent, undefined, agent.recorded?.allowedFindings)
  }

  app.post('/', async (c) => {
    const body = await checkedBody(c.get('context'), c, Create)
    const assistantId = body.assistant_id ?? randomUUID()
    const value = {
      assistant_id: assistantId,
      graph_id: body.graph_id,
      config: body.config ?? {},
      context: body.context ?? {},
      metadata: body.metadata ?? {},
      if_exists: body.if_exists ?? 'raise',
      name: body.name ?? null,
      description: body.description ?? null,
    }
    const context = await authorized(c, 'assistants:create', value)
    await checkSettings(context, body.graph_id, value)
    const { tenant, owner } = context.scope
    const key = { tenant, assistantId }
    const isNew = await insertAssistant(context.pool, {
      ...key,
      owner,
      graphId: body.graph_id,
      name: body.name ?? 'Untitled',
      description: body.description ?? null,
      config: jsonbText(value.config),
      context: jsonbText(value.context),
      metadata: jsonbText(value.metadata),
    })
    const row = await findAssistant(context.pool, { scope: isNew ? wholeTenant(tenant) : context.scope, assistantId })
    if (!row) throw takenAssistant(assistantId)
    if (isNew) return jsonAnswer(answer(row))
    const read = await authorized(c, 'assistants:read', { assistant_id: assistantId, metadata: {} })
    if (!(await findAssistant(context.pool, { scope: read.scope, assistantId }))) throw takenAssistant(assistantId)
    if (body.if_exists === 'do_nothing') return jsonAnswer(answer(row))
    throw new Refusal(
      409,
      `There is an assistant ${key.assistantId} already. Send if_exists: "do_nothing" to get it as it is, or PATCH it to change it.`,
    )
  })

  app.post('/search', async (c) => {
    const query = await checkedBody(c.get('context'), c, Search)
    const context = await authorizedSearch(c, query)
    const page = {
      limit: query.limit ?? 10,
      offset: query.offset ?? 0,
      sortBy: query.sort_by ?? 'created_at',
      ascending: query.sort_order === 'asc',
    }
    await ensureGraphs(context)
    const [rows, total] = await Promise.all([
      searchAssistants(context.pool, filterOf(context.scope, query), page),
      countAssistants(context.pool, filterOf(context.scope, query)),
    ])
    const next = page.offset + rows.length
    return jsonAnswer(
      rows.map((row) => selectedFields(answer(row), query.select)),
      {
        'x-pagination-total': String(total),
        ...(next < total && rows.length > 0 ? { 'x-pagination-next': String(next) } : {}),
      },
    )
  })

  app.post('/count', async (c) => {
    const query = await checkedBody(c.get('context'), c, Count)
    const context = await authorizedSearch(c, query)
    const filter = filterOf(context.scope, query)
    await ensureGraphs(context)
    return jsonAnswer(await countAssistants(context.pool, filter))
  })

  app.get('/:assistant_id', async (c) => jsonAnswer(answer(await found(c.get('context'), keyOf(c)))))

  app.patch('/:assistant_id', async (c) => {
    const { assistantId } = keyOf(c)
    const body = await checkedBody(c.get('context'), c, Patch)
    const value = {
      assistant_id: assistantId,
      ...body,
      metadata: body.metadata ?? {},
    }
    const context = await authorized(c, 'assistants:update', value)
    const { tenant } = context.scope
    const key = { tenant, scope: changeable(context.scope), assistantId }
    const changed = await transaction(context.pool, async (client) => {
      const row = await lockAssistant(client, key)
      if (!row) throw unknownAssistant(agents, key.assistantId)
      if (row.system) throw readOnly(row, 'change')
      // All settings are checked, because another graph may not allow those that stay.
      await checkSettings(context, body.graph_id ?? row.graph_id, {
        config: body.config ?? row.config,
        context: body.context ?? row.context,
      })
      await insertAssistantVersion(client, key, {
        graphId: body.graph_id ?? undefined,
        name: body.name ?? undefined,
        description: body.description ?? undefined,
        config: textOf(body.config),
        context: textOf(body.context),
        metadata: textOf(value.metadata),
      })
      return findAssistant(client, { scope: wholeTenant(tenant), assistantId })
    })
    if (!changed) throw unknownAssistant(agents, key.assistantId)
    return jsonAnswer(answer(changed))
  })

  app.delete('/:assistant_id', async (c) => {
    const { assistantId } = keyOf(c)
    const { delete_threads = false } = checkedQuery(c, DeleteQuery)
    const ofAssistant = await authorized(c, 'assistants:delete', { assistant_id: assistantId })
    const { threads } = delete_threads ? (await authorized(c, 'threads:delete', {})).scope : {}
    const context = inScope(ofAssistant, { ...ofAssistant.scope, ...(threads ? { threads } : {}) })
    const own = ownGraph(agents, assistantId)
    if (own) throw readOnly({ graph_id: own.graphId, assistant_id: assistantId }, 'delete')
    if (!(await deleteAssistant(context, assistantId, delete_threads))) throw unknownAssistant(agents, assistantId)
    return c.body(null, 204)
  })

  app.post('/:assistant_id/versions', async (c) => {
    const context = c.get('context')
    const key = keyOf(c)
    const { metadata, limit, offset } = await checkedBody(context, c, Versions)
    await found(context, key)
    const page = { metadata: jsonbText(metadata ?? {}), limit: limit ?? 10, offset: offset ?? 0 }
    return jsonAnswer((await listAssistantVersions(context.pool, key, page)).map(versionAnswer))
  })

  app.post('/:assistant_id/latest', async (c) => {
    const context = c.get('context')
    const key = keyOf(c, true)
    const version = await wantedVersion(context, c)
    const row = await found(context, key)
    if (row.system && version !== row.version) throw readOnly(row, 'change')
    if (!row.system && !(await setCurrentVersion(context.pool, key, version))) {
      throw new Refusal(
        404,
        `Assistant ${key.assistantId} has no version ${version}. POST /assistants/${key.assistantId}/versions lists its versions.`,
      )
    }
    return jsonAnswer(answer(await found(context, key)))
  })
  return app
}

/** Asks the author's handler for a search. Its filter narrows the search; a change of the value has no effect. */
const authorizedSearch = (c: Context, query: z.output<typeof Count> & Partial<z.output<typeof Search>>) =>
  authorized(c, 'assistants:search', {
    graph_id: query.graph_id ?? null,
    metadata: { ...query.metadata },
    limit: query.limit ?? 0,
    offset: query.offset ?? 0,
  })

const filterOf = (
  scope: Scope,
  query: { graph_id?: string | null; name?: string | null; metadata?: Record<string, unknown> | null },
): AssistantFilter => ({
  scope,
  graphId: query.graph_id ?? undefined,
  name: query.name ?? undefined,
  metadata: textOf(query.metadata),
})

const takenAssistant = (assistantId: string): Refusal =>
  new Refusal(
    409,
    `The id ${assistantId} is taken, or its assistant is being deleted. Send the request with another assistant_id.`,
  )

const readOnly = (
  { graph_id, assistant_id }: Pick<AssistantRow, 'graph_id' | 'assistant_id'>,
  what: 'change' | 'delete',
): Refusal =>
  new Refusal(
    409,
    `Assistant ${assistant_id} is the graph "${graph_id}" itself. A client can't ${what} it: it is defined by langgraph.json. POST /assistants creates an assistant of the graph with settings of its own.`,
  )

/** Returns the version that a request names in its body or in its query. @throws {Refusal} 422 if it names none, or two */
async function wantedVersion(context: HttpContext, c: Context): Promise<number> {
  const inQuery = checkedQuery(c, LatestQuery).version
  const inBody = (await checkedBody(context, c, Latest)).version ?? undefined
  if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
    throw new Refusal(422, `version: the body names ${inBody}, and the query names ${inQuery}. Send it once.`)
  }
  const version = inBody ?? inQuery
  if (version === undefined) throw new Refusal(422, 'version: is missing. Send { "version": 1 }.')
  return version
}
