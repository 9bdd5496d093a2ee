import { randomUUID } from 'node:crypto'
import { HumanMessage } from '@langchain/core/messages'
import { Command } from '@langchain/langgraph'
import { RemoteGraph } from '@langchain/langgraph/remote'
import { expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())
const remote = (graphId: string): RemoteGraph => new RemoteGraph({ graphId, url: server().url, apiKey: 'unused' })
const input = { messages: [new HumanMessage('hello')] }
const said = [{ content: 'hello' }, { content: 'You said: hello' }]
/** Everything that a RemoteGraph sends in `config`. */
const config = {
  tags: ['a-tag'],
  metadata: { origin: 'a test' },
  recursionLimit: 10,
  maxConcurrency: 2,
  runName: 'remote',
}

test('invoke works on a thread that does not exist yet, and without a thread', async () => {
  const thread_id = randomUUID()
  const graph = remote('echo')
  expect(await graph.invoke(input, { ...config, configurable: { thread_id } })).toMatchObject({ messages: said })
  const [run] = await server().client.runs.list(thread_id)
  expect(run).toMatchObject({
    kwargs: {
      config: { tags: ['a-tag'], metadata: { origin: 'a test' }, recursion_limit: 10 },
      stream_mode: ['values', 'updates'],
    },
  })
  expect(await graph.invoke(input, config)).toMatchObject({ messages: said })
})

test('stream has the chunks of the requested modes, on a thread and without one', async () => {
  const graph = remote('echo')
  for (const configurable of [{ thread_id: randomUUID() }, undefined]) {
    const options = { ...config, ...(configurable ? { configurable } : {}) }
    const updates = await collected(await graph.stream(input, { ...options, streamMode: 'updates' as const }))
    expect(updates).toMatchObject([{ echo: { messages: [{ content: 'You said: hello' }] } }])
    const several = await collected(
      await graph.stream(input, { ...options, streamMode: ['values', 'updates', 'messages'] }),
    )
    expect(new Set(several.map(([mode]) => mode))).toEqual(new Set(['values', 'updates', 'messages']))
  }
})

test('stream has the chunks of subgraphs with their namespaces', async () => {
  const graph = remote('deep')
  const options = { configurable: { thread_id: randomUUID() }, streamMode: 'updates' as const, subgraphs: true }
  const chunks: unknown[] = []
  const reading = (async () => {
    for await (const chunk of await graph.stream({ messages: [new HumanMessage('go on')] }, options)) chunks.push(chunk)
  })()
  // The graph asks for an approval, which a RemoteGraph throws as it would be thrown in the same process.
  await expect(reading).rejects.toMatchObject({ name: 'GraphInterrupt' })
  const namespaces = chunks.flatMap((chunk) => (Array.isArray(chunk) ? [chunk[0]] : []))
  expect(namespaces).toContainEqual([])
  expect(namespaces).toContainEqual([expect.stringMatching(/^tools:/)])
})

test('an interrupted graph is resumed by a command', async () => {
  const graph = remote('questions')
  const options = { configurable: { thread_id: randomUUID() } }
  await expect(graph.invoke({ questions: ['colour'] }, options)).rejects.toMatchObject({ name: 'GraphInterrupt' })
  const values = await graph.invoke(new Command({ resume: 'blue' }), options)
  expect(values).toMatchObject({ answers: ['colour: "blue"'] })
})

test('getState, getStateHistory and updateState work with the configurations that they return', async () => {
  const graph = remote('echo')
  const options = { configurable: { thread_id: randomUUID() } }
  await graph.invoke(input, options)
  const state = await graph.getState(options)
  expect(state).toMatchObject({ values: { messages: said }, next: [], tasks: [] })
  const changed = await graph.updateState(state.config, { messages: [{ role: 'user', content: 'more' }] }, 'echo')
  expect((await graph.getState(changed)).values).toMatchObject({ messages: [...said, { content: 'more' }] })
  expect((await graph.getState(state.config)).values).toMatchObject({ messages: said })
  expect(await collected(graph.getStateHistory(options, { limit: 2 }))).toHaveLength(2)
})

test('getGraphAsync draws the graph', async () => {
  const drawn = await remote('deep').getGraphAsync({ xray: true })
  expect(Object.keys(drawn.nodes)).toEqual(expect.arrayContaining(['__start__', 'tools']))
  expect(drawn.drawMermaid()).toContain('tools')
})
