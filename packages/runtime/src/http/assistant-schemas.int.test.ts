import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database, {
  AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/assistant-agents/langgraph.json'),
})

const schemasOf = (graph: string) => server().client.assistants.getSchemas(graph)
const message = { title: 'Message', type: 'object' }

test('a graph with Zod has the schemas of its state, input, output and context', async () => {
  const schemas = await schemasOf('zod')
  const properties = {
    question: { type: 'string', description: 'The question of the person' },
    score: { type: 'number' },
  }
  expect(schemas).toMatchObject({
    graph_id: 'zod',
    state_schema: { type: 'object', properties, required: ['question'] },
    input_schema: { type: 'object', properties },
    output_schema: { type: 'object', properties },
    context_schema: { type: 'object', properties: { language: { enum: ['de', 'en'] } } },
  })
  expect(schemas.input_schema?.required ?? []).toEqual([])
  expect(schemas.config_schema).toEqual(schemas.context_schema)
})

test('a graph with a StateSchema has its fields, messages among them', async () => {
  expect(await schemasOf('fields')).toMatchObject({
    state_schema: {
      properties: {
        messages: { langgraph_type: 'messages', type: 'array', items: message },
        count: { type: 'number' },
        log: { type: 'array', items: { type: 'string' } },
      },
    },
    input_schema: { properties: { messages: { langgraph_type: 'messages' }, log: { type: 'string' } } },
    context_schema: null,
  })
})

test.each(['agent', 'deep'])('the graph of an agent (%s) has messages, and its own channels', async (name) => {
  const schemas = await schemasOf(name)
  expect(schemas.state_schema).toMatchObject({
    properties: { messages: { langgraph_type: 'messages', type: 'array', items: message } },
  })
  expect(schemas.input_schema).toMatchObject({ properties: { messages: { langgraph_type: 'messages' } } })
  if (name === 'agent') expect(schemas.context_schema).toMatchObject({ properties: { language: {} } })
  else expect(schemas.state_schema?.properties).toHaveProperty('files')
})

test.each(['annotated', 'builder', 'made'])(
  'a graph with an Annotation (%s) has the schemas of its TypeScript types',
  async (name) => {
    const schemas = await schemasOf(name)
    expect(schemas.state_schema).toEqual({
      type: 'object',
      properties: {
        messages: expect.objectContaining({ langgraph_type: 'messages', type: 'array' }),
        question: { type: 'string', description: 'The question of the person.' },
        mood: { anyOf: [{ enum: ['calm', 'hasty'] }, { type: 'null' }] },
        scores: { type: 'array', items: { type: 'number' } },
        place: {
          type: 'object',
          properties: {
            name: { type: 'string', description: 'Name of the place.' },
            floor: { type: 'number' },
            inside: { type: 'array', items: {} },
          },
          required: ['name', 'inside'],
        },
        notes: { type: 'object', additionalProperties: { type: 'string' } },
        pair: { type: 'array' },
        done: { type: 'boolean' },
        since: {},
        anything: {},
      },
    })
    expect(schemas.input_schema).toEqual({ type: 'object', properties: { question: { type: 'string' } } })
    expect(schemas.output_schema).toEqual({
      type: 'object',
      properties: { scores: { type: 'array', items: { type: 'number' } } },
    })
    expect(schemas.context_schema).toEqual({ type: 'object', properties: { language: { enum: ['de', 'en'] } } })
  },
)

test('the input of a graph with MessagesAnnotation has messages', async () => {
  const { input_schema, output_schema } = await schemasOf('talk')
  expect(input_schema?.properties?.messages).toMatchObject({
    langgraph_type: 'messages',
    anyOf: [{ type: 'array' }, {}],
  })
  expect(output_schema?.properties?.messages).toMatchObject({ langgraph_type: 'messages', items: message })
})

test('subgraphs are listed by namespace, with their schemas', async () => {
  const { assistants } = server().client
  const direct = await assistants.getSubgraphs('parent')
  expect(Object.keys(direct)).toEqual(['child'])
  expect(direct.child).toMatchObject({
    state_schema: { properties: { depth: { type: 'number' } } },
    input_schema: { properties: { depth: { type: 'number' } } },
    output_schema: { properties: { depth: { type: 'number' } } },
  })
  const all = await assistants.getSubgraphs('parent', { recurse: true })
  expect(Object.keys(all)).toEqual(['child', 'child|grandchild'])
  expect(all['child|grandchild']).toMatchObject({ state_schema: { properties: { messages: { type: 'array' } } } })
  expect(Object.keys(await assistants.getSubgraphs('parent', { namespace: 'child' }))).toEqual(['child'])
  const nested = await assistants.getSubgraphs('parent', { namespace: 'child|grandchild', recurse: true })
  expect(Object.keys(nested)).toEqual(['child|grandchild'])
  expect(await assistants.getSubgraphs('parent', { namespace: 'plain' })).toEqual({})
  expect(await assistants.getSubgraphs('zod')).toEqual({})
})

test('the drawing of a graph shows its subgraphs up to a depth', async () => {
  const { assistants } = server().client
  const ids = async (xray?: boolean | number): Promise<unknown[]> =>
    (await assistants.getGraph('parent', xray === undefined ? {} : { xray })).nodes.map(({ id }) => id)
  expect(await ids()).toContain('child')
  expect(await ids(1)).toEqual(expect.arrayContaining(['child:grandchild']))
  expect(await ids(true)).toEqual(expect.arrayContaining(['child:grandchild:leaf']))
})

test('an assistant that a client made has the schemas of its graph', async () => {
  const { assistant_id } = await server().client.assistants.create({ graphId: 'zod', name: 'mine' })
  expect(await schemasOf(assistant_id)).toEqual(await schemasOf('zod'))
})
