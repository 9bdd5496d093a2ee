import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { MethodCases, Served } from './case.ts'
import { say } from './case.ts'

/** Creates an assistant with a name that no other case has. */
const created = ({ client }: Served, metadata: Record<string, unknown> = {}) =>
  client.assistants.create({
    graphId: 'echo',
    name: `clerk ${randomUUID()}`,
    metadata: metadata as Record<string, string>,
  })

export const assistants: MethodCases = {
  'assistants.create': async ({ client }) => {
    const assistantId = randomUUID()
    const config = { tags: ['a'], recursion_limit: 30, configurable: { model: 'small' } }
    const wanted = { graphId: 'echo', assistantId, name: 'Clerk', description: 'answers', metadata: { team: 'desk' } }
    const assistant = await client.assistants.create({ ...wanted, config, ifExists: 'raise' })
    const { graphId: graph_id, assistantId: assistant_id, ...others } = wanted
    expect(assistant).toMatchObject({ graph_id, assistant_id, ...others, config, version: 1 })
    await expect(client.assistants.create({ ...wanted, ifExists: 'raise' })).rejects.toThrow(/409/)
    expect(await client.assistants.create({ graphId: 'echo', assistantId, ifExists: 'do_nothing' })).toEqual(assistant)
  },
  'assistants.get': async (served) => {
    const { client } = served
    const assistant = await created(served)
    expect(await client.assistants.get(assistant.assistant_id)).toEqual(assistant)
    expect(await client.assistants.get('echo')).toMatchObject({ graph_id: 'echo', metadata: { created_by: 'system' } })
    await expect(client.assistants.get(randomUUID())).rejects.toThrow(/404/)
  },
  'assistants.update': async (served) => {
    const { client } = served
    const { assistant_id, name } = await created(served, { one: '1' })
    const updated = await client.assistants.update(assistant_id, { metadata: { two: '2' }, description: 'new' })
    expect(updated).toMatchObject({ name, version: 2, metadata: { one: '1', two: '2' }, description: 'new' })
    await expect(client.assistants.update('echo', { name: 'other' })).rejects.toThrow(/HTTP 4\d\d/)
  },
  'assistants.getVersions': async (served) => {
    const { client } = served
    const { assistant_id } = await created(served)
    await client.assistants.update(assistant_id, { name: 'second' })
    const versions = await client.assistants.getVersions(assistant_id)
    expect(versions.map(({ version }) => version)).toEqual([2, 1])
    expect(await client.assistants.getVersions(assistant_id, { limit: 1, offset: 1 })).toMatchObject([{ version: 1 }])
  },
  'assistants.setLatest': async (served) => {
    const { client } = served
    const { assistant_id, name } = await created(served)
    await client.assistants.update(assistant_id, { name: 'second' })
    expect(await client.assistants.setLatest(assistant_id, 1)).toMatchObject({ version: 1, name })
    expect(await client.assistants.get(assistant_id)).toMatchObject({ version: 1, name })
  },
  'assistants.delete': async (served) => {
    const { client } = served
    const { assistant_id } = await created(served)
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, assistant_id, { input: say('hello') })
    await client.assistants.delete(assistant_id, { deleteThreads: true })
    await expect(client.assistants.get(assistant_id)).rejects.toThrow(/404/)
    await expect(client.threads.get(thread_id)).rejects.toThrow(/404/)
  },
  'assistants.search': async (served) => {
    const { client } = served
    const metadata = { mark: randomUUID() }
    const all = [await created(served, metadata), await created(served, metadata)].map(
      ({ assistant_id }) => assistant_id,
    )
    const found = await client.assistants.search({ metadata, sortBy: 'created_at', sortOrder: 'asc' })
    expect(found.map(({ assistant_id }) => assistant_id)).toEqual(all)
    const page = await client.assistants.search({ metadata, limit: 1, includePagination: true })
    expect(page.assistants).toHaveLength(1)
    expect(page.next).toBe('1')
    const names = await client.assistants.search({ metadata, select: ['name'] })
    expect(Object.keys(names[0] ?? {})).toEqual(['name'])
  },
  'assistants.count': async (served) => {
    const metadata = { mark: randomUUID() }
    await created(served, metadata)
    expect(await served.client.assistants.count({ metadata })).toBe(1)
    expect(await served.client.assistants.count({ metadata, graphId: 'steps' })).toBe(0)
  },
  'assistants.getGraph': async ({ client }) => {
    const graph = await client.assistants.getGraph('echo')
    expect(graph.nodes.map(({ id }) => id)).toEqual(['__start__', 'echo', '__end__'])
    expect(graph.edges).toHaveLength(2)
    expect((await client.assistants.getGraph('deep', { xray: true })).nodes.length).toBeGreaterThan(3)
  },
  'assistants.getSchemas': async ({ client }) => {
    const schemas = await client.assistants.getSchemas('echo')
    expect(schemas.graph_id).toBe('echo')
    expect(schemas).toHaveProperty('input_schema')
    expect(schemas).toHaveProperty('state_schema')
  },
  'assistants.getSubgraphs': async ({ client }) => {
    expect(await client.assistants.getSubgraphs('echo')).toEqual({})
    expect(await client.assistants.getSubgraphs('deep', { recurse: true })).toEqual(expect.any(Object))
    expect(await client.assistants.getSubgraphs('echo', { namespace: 'none' })).toEqual({})
  },
}
