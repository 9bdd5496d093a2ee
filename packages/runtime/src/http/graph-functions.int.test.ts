import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase(), {
  AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/factory-agents/langgraph.json'),
})

test("a graph's function is called for each run with the client's configuration and the ids of the run", async () => {
  const { client } = server()
  const { thread_id } = await client.threads.create()
  const config = { configurable: { node: 'blue' } }
  await client.runs.wait(thread_id, 'chosen', { input: { said: ['hello'] }, config })
  // The state is read with the graph of the thread's newest run, which alone has the node "blue".
  const asked = await client.threads.getState(thread_id)
  expect(asked.next).toEqual(['blue'])
  expect(asked.tasks).toMatchObject([{ name: 'blue', interrupts: [{ value: 'Go on?' }] }])
  const values = await client.runs.wait(thread_id, 'chosen', { command: { resume: 'yes' }, config })
  expect(values).toEqual({ said: ['hello', 'blue true', 'yes'] })
  await client.threads.updateState(thread_id, { values: { said: ['more'] }, asNode: 'blue' })
  expect((await client.threads.getHistory(thread_id)).at(0)?.values).toEqual({
    said: ['hello', 'blue true', 'yes', 'more'],
  })
})

test('a configuration can not loosen the approvals that were recorded for an agent of defineAgent', async () => {
  const { client } = server()
  const content = JSON.stringify([{ name: 'write_file', args: { file_path: '/a.md', content: 'a' } }])
  const { thread_id } = await client.threads.create()
  await client.runs.wait(thread_id, 'writer', {
    input: { messages: [{ role: 'user', content }] },
    config: { configurable: { loose: true } },
  })
  expect(await client.threads.get(thread_id)).toMatchObject({ status: 'interrupted' })
  const refused = client.runs.wait(null, 'refuses', {
    input: { messages: [{ role: 'user', content }] },
    config: { configurable: { loose: true } },
  })
  await expect(refused).rejects.toThrow('its approvals were not recorded')
})

test('a function that fails ends its run with the reason', async () => {
  const { client } = server()
  await expect(client.runs.wait(null, 'refuses', { input: {} })).rejects.toThrow(
    'building "refuses" of ./factories.ts failed: no key. Correct the module.',
  )
})

test('a broken graph is listed with its reason, and only runs on it are refused', async () => {
  const { client } = server()
  const [broken] = await client.assistants.search({ graphId: 'broken' })
  const problem = expect.stringContaining('importing ./broken.ts failed: the license key')
  expect(broken?.metadata).toEqual({ created_by: 'system', problem })
  expect((await client.assistants.search()).map(({ graph_id }) => graph_id)).toContain('chosen')
  const { thread_id } = await client.threads.create({ graphId: 'broken' })
  await expect(client.runs.create(thread_id, 'broken', { input: {} })).rejects.toThrow(/409.*importing .\/broken.ts/)
  await expect(client.threads.getState(thread_id)).rejects.toThrow(/409.*importing .\/broken.ts/)
  await expect(client.assistants.getGraph('broken')).rejects.toThrow(/409.*importing .\/broken.ts/)
  expect(await client.runs.list(thread_id)).toEqual([])
  const metrics = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
  expect(metrics).toContain('\ngraphs_unavailable 1\n')
})
