import { isRecord } from '@hadal/middleware/unknown-value'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { LoadedAgent, RunnableGraph } from '../agents/loaded-agent.ts'
import type { GraphSchemas } from '../agents/schemas/graph-schemas.ts'
import { completedSchemas, runtimeSchemas } from '../agents/schemas/runtime-schemas.ts'
import { findRunAssistant } from '../runs/assistants/run-assistant.ts'
import { checkedQuery, Flag } from './checked-input.ts'
import { jsonAnswer } from './json-answer.ts'

export const GraphQuery = z.strictObject({
  xray: z
    .string()
    .regex(/^(true|false|\d{1,2})$/, 'must be true, false or a depth')
    .optional(),
})
export const SubgraphsQuery = z.strictObject({ recurse: Flag.optional() })

/** Schemas in the API's format. The API uses null for an unknown schema. */
const schemasAnswer = ({ state, input, output, context }: GraphSchemas): Record<string, unknown> => ({
  input_schema: input ?? null,
  output_schema: output ?? null,
  state_schema: state ?? null,
  config_schema: context ?? null,
  context_schema: context ?? null,
})

/** Routes about the graph of an assistant: its drawing, its schemas and its subgraphs. */
export function assistantGraphs(): Hono {
  /** Loads the graph of an assistant. One that a function builds is built with the settings of the assistant. */
  const loaded = async (c: Context): Promise<LoadedAgent> => {
    const { agent, made } = await findRunAssistant(c.get('context'), c.req.param('assistant_id') ?? '')
    const { configurable } = made?.config ?? {}
    return agent.load({ ...made?.config, configurable: isRecord(configurable) ? configurable : {} })
  }
  const app = new Hono()

  app.get('/:assistant_id/graph', async (c) => {
    const { xray = 'false' } = checkedQuery(c, GraphQuery)
    const { graph } = await loaded(c)
    const drawn = await graph.getGraphAsync({ xray: /^\d/.test(xray) ? Number(xray) : xray === 'true' })
    return jsonAnswer(drawn.toJSON())
  })

  app.get('/:assistant_id/schemas', async (c) => {
    const { graphId, graph } = await loaded(c)
    const known = runtimeSchemas(graph)
    const ofTypes = known.state ? {} : ((await c.get('context').typeSchemas())[graphId] ?? {})
    return jsonAnswer({ graph_id: graphId, ...schemasAnswer(completedSchemas(graph, known, ofTypes)) })
  })

  const subgraphs = async (c: Context): Promise<Response> => {
    const { recurse = false } = checkedQuery(c, SubgraphsQuery)
    const { graph } = await loaded(c)
    const schemas: [string, Record<string, unknown>][] = []
    for await (const [namespace, subgraph] of graph.getSubgraphsAsync(c.req.param('namespace'), recurse))
      schemas.push([namespace, schemasOfSubgraph(subgraph)])
    return jsonAnswer(Object.fromEntries(schemas))
  }
  app.get('/:assistant_id/subgraphs', subgraphs)
  app.get('/:assistant_id/subgraphs/:namespace', subgraphs)
  return app
}

const schemasOfSubgraph = (subgraph: RunnableGraph): Record<string, unknown> =>
  schemasAnswer(completedSchemas(subgraph, runtimeSchemas(subgraph)))
