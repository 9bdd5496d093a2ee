import { createHash } from 'node:crypto'
import { isObject } from '@hadal/middleware/unknown-value'
import { Hono } from 'hono'
import { z } from 'zod'
import type { ListedAgent, ListedAgents } from '../agents/loaded-agent.ts'
import { Refusal } from '../runs/refusal.ts'
import { checkedBody, checkedQuery, Limit, Metadata, Offset } from './checked-input.ts'
import type { HttpContext } from './http-context.ts'
import { jsonAnswer } from './json-answer.ts'
import { selectedFields } from './selected-fields.ts'

/** UUID namespace from which LangGraph's servers derive the id of a graph's default assistant. */
const graphNamespace = Buffer.from('6ba7b8219dad11d180b400c04fd430c8', 'hex')

/** Id of a graph's default assistant: a UUID of version 5. */
export function assistantIdOf(graphId: string): string {
  const bytes = createHash('sha1').update(graphNamespace).update(graphId).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * Finds the graph of an assistant by the graph's name or the assistant's id.
 *
 * @throws {Refusal} 404 for an unknown assistant
 */
export function agentOf(agents: ListedAgents, assistantId: string): ListedAgent {
  const agent =
    agents.get(assistantId) ?? [...agents.values()].find(({ graphId }) => assistantIdOf(graphId) === assistantId)
  if (agent) return agent
  throw new Refusal(
    404,
    `There is no assistant "${assistantId}". Available assistants: ${[...agents.keys()].join(', ') || 'none'}.`,
  )
}

export const Search = z.strictObject({
  graph_id: z.string().nullish(),
  name: z.string().nullish(),
  metadata: Metadata.nullish(),
  limit: Limit.default(10),
  offset: Offset.default(0),
  sort_by: z.enum(['assistant_id', 'graph_id', 'name', 'created_at', 'updated_at']).nullish(),
  sort_order: z.enum(['asc', 'desc']).nullish(),
  select: z.array(z.string()).nullish(),
})
export const Count = Search.pick({ graph_id: true, name: true, metadata: true })
export const GraphQuery = z.strictObject({
  xray: z
    .string()
    .regex(/^(true|false|\d{1,2})$/, 'must be true, false or a depth')
    .optional(),
})

/** Routes of the assistants. Each graph of langgraph.json has one assistant, which is read-only. */
export function assistants(context: HttpContext): Hono {
  const startedAt = new Date().toISOString()
  const answer = ({ graphId, description, problem }: ListedAgent): Record<string, unknown> => ({
    assistant_id: assistantIdOf(graphId),
    graph_id: graphId,
    name: graphId,
    description: description ?? null,
    config: {},
    context: {},
    metadata: { created_by: 'system', ...(problem === undefined ? {} : { problem }) },
    version: 1,
    created_at: startedAt,
    updated_at: startedAt,
  })
  const found = (query: z.output<typeof Count>): Record<string, unknown>[] =>
    [...context.agents.values()]
      .filter(({ graphId }) => (query.graph_id ?? graphId) === graphId && graphId.includes(query.name ?? ''))
      .map(answer)
      .filter((assistant) => contains(assistant.metadata, query.metadata ?? {}))
  const app = new Hono()
  app.post('/search', async (c) => {
    const query = await checkedBody(context, c, Search)
    const key = query.sort_by ?? 'graph_id'
    const sorted = found(query).sort((a, b) => String(a[key]).localeCompare(String(b[key])))
    if (query.sort_order === 'desc') sorted.reverse()
    const end = query.offset + query.limit
    const page = sorted.slice(query.offset, end).map((assistant) => selectedFields(assistant, query.select))
    return jsonAnswer(page, end < sorted.length ? { 'x-pagination-next': String(end) } : {})
  })
  app.post('/count', async (c) => jsonAnswer(found(await checkedBody(context, c, Count)).length))
  app.get('/:assistant_id', (c) => jsonAnswer(answer(agentOf(context.agents, c.req.param('assistant_id')))))
  app.get('/:assistant_id/graph', async (c) => {
    const { xray = 'false' } = checkedQuery(c, GraphQuery)
    const { graph } = await agentOf(context.agents, c.req.param('assistant_id')).load({ configurable: {} })
    const drawn = await graph.getGraphAsync({ xray: /^\d/.test(xray) ? Number(xray) : xray === 'true' })
    return jsonAnswer(drawn.toJSON())
  })
  // A compiled graph has no types at runtime, and the API uses null for an unknown schema.
  app.get('/:assistant_id/schemas', (c) => {
    const { graphId } = agentOf(context.agents, c.req.param('assistant_id'))
    const unknown = {
      input_schema: null,
      output_schema: null,
      state_schema: null,
      config_schema: null,
      context_schema: null,
    }
    return jsonAnswer({ graph_id: graphId, ...unknown })
  })
  return app
}

const contains = (whole: unknown, part: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(part).every(
    ([key, value]) => isObject(whole) && JSON.stringify(Reflect.get(whole, key)) === JSON.stringify(value),
  )
