import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateFernetKey } from '@hadal/platform/fernet'
import type { Client } from '@langchain/langgraph-sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { startTestServer, useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { assistantIdOf } from '../runs/assistants/assistant-id.ts'

const agents = join(import.meta.dirname, '../fixtures/assistant-agents/langgraph.json')
const database = createDatabase()
/** Key of all servers of this file: each of them may execute a run of another one. */
const key = generateFernetKey()
const server = useTestServer(database, { AGENTS_CONFIG: agents, ENCRYPTION_KEY: key })
const other = useTestServer(database, { AGENTS_CONFIG: agents, ROLE: 'api' })
const folder = mkdtempSync(join(tmpdir(), 'assistants-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const assistants = (): Client['assistants'] => server().client.assistants

interface Seen {
  readonly configurable: Record<string, unknown>
  readonly context?: unknown
  readonly metadata: Record<string, unknown>
  readonly tags?: readonly string[]
}

const isSeen = (values: unknown): values is { seen: Seen } =>
  typeof values === 'object' && values !== null && 'seen' in values

function seenIn(values: unknown): Seen {
  if (isSeen(values)) return values.seen
  throw new Error(`The run told no settings: ${JSON.stringify(values)}`)
}

/** Sends a request and returns the status and the body of its response. */
async function sent(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server().url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const refused = (status: number, ...parts: string[]) => ({
  status,
  body: {
    detail: expect.stringMatching(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')),
  },
})

describe('an assistant', () => {
  test('is created with its settings, and read by its id', async () => {
    const made = await assistants().create({
      graphId: 'configured',
      name: 'Mine',
      description: 'Speaks German',
      config: { tags: ['a'], recursion_limit: 7, configurable: { language: 'de' } },
      context: { tone: 'dry' },
      metadata: { team: 'blue' },
    })
    expect(made).toMatchObject({
      graph_id: 'configured',
      name: 'Mine',
      description: 'Speaks German',
      config: { tags: ['a'], recursion_limit: 7, configurable: { language: 'de' } },
      context: { tone: 'dry' },
      metadata: { team: 'blue' },
      version: 1,
    })
    expect(await assistants().get(made.assistant_id)).toEqual(made)
    expect(await other().client.assistants.get(made.assistant_id)).toEqual(made)
    const plain = await assistants().create({ graphId: 'configured' })
    expect(plain).toMatchObject({ name: 'Untitled', description: null, config: {}, context: {}, metadata: {} })
  })

  test('with an id that exists is refused, or answered as it is', async () => {
    const assistantId = randomUUID()
    const made = await assistants().create({ graphId: 'configured', assistantId, name: 'first' })
    const again = { graph_id: 'configured', assistant_id: assistantId, name: 'second' }
    expect(await sent('POST', '/assistants', again)).toEqual(refused(409, assistantId, 'do_nothing'))
    expect(await sent('POST', '/assistants', { ...again, if_exists: 'do_nothing' })).toEqual({
      status: 200,
      body: made,
    })
    expect(await sent('POST', '/assistants', { ...again, assistant_id: assistantId.toUpperCase() })).toMatchObject({
      status: 409,
    })
  })

  test('gets a new version with each update, which keeps what the update leaves out and merges metadata', async () => {
    const { assistant_id, updated_at } = await assistants().create({
      graphId: 'configured',
      name: 'one',
      config: { configurable: { language: 'de' } },
      context: { tone: 'dry' },
      metadata: { team: 'blue', since: 1 },
    })
    const changed = await assistants().update(assistant_id, {
      graphId: 'annotated',
      name: 'two',
      metadata: { since: 2, more: null },
    })
    expect(changed).toMatchObject({
      version: 2,
      graph_id: 'annotated',
      name: 'two',
      config: { configurable: { language: 'de' } },
      context: { tone: 'dry' },
      metadata: { team: 'blue', since: 2, more: null },
    })
    expect(changed.updated_at > updated_at).toBe(true)
    await assistants().update(assistant_id, { config: { configurable: { mood: 'calm' } }, context: {} })
    expect(await other().client.assistants.get(assistant_id)).toMatchObject({
      version: 3,
      name: 'two',
      config: { configurable: { mood: 'calm' } },
      context: {},
    })
    const versions = await assistants().getVersions(assistant_id)
    expect(versions.map(({ version, name, graph_id }) => [version, name, graph_id])).toEqual([
      [3, 'two', 'annotated'],
      [2, 'two', 'annotated'],
      [1, 'one', 'configured'],
    ])
    expect(versions[2]).toMatchObject({ metadata: { team: 'blue', since: 1 }, context: { tone: 'dry' } })
    expect(await assistants().getVersions(assistant_id, { metadata: { since: 1 } })).toHaveLength(1)
    expect(await assistants().getVersions(assistant_id, { limit: 1, offset: 1 })).toMatchObject([{ version: 2 }])
  })

  test('goes back to an earlier version, and the next update continues from there with a new number', async () => {
    const { assistant_id } = await assistants().create({ graphId: 'configured', name: 'one' })
    await assistants().update(assistant_id, { name: 'two', graphId: 'annotated', description: 'later' })
    const back = await assistants().setLatest(assistant_id, 1)
    expect(back).toMatchObject({ version: 1, name: 'one', graph_id: 'configured', description: null })
    expect(await other().client.assistants.get(assistant_id)).toEqual(back)
    expect(await assistants().update(assistant_id, { metadata: { from: 1 } })).toMatchObject({
      version: 3,
      name: 'one',
    })
    expect(await sent('POST', `/assistants/${assistant_id}/latest?version=2`)).toMatchObject({
      status: 200,
      body: { version: 2, name: 'two' },
    })
    expect(await sent('POST', `/assistants/${assistant_id}/latest?version=2`, { version: 1 })).toEqual(
      refused(422, 'body names 1', 'query names 2'),
    )
    expect(await sent('POST', `/assistants/${assistant_id}/latest`)).toEqual(refused(422, 'version', 'missing'))
    expect(await sent('POST', `/assistants/${assistant_id}/latest`, { version: 4 })).toEqual(
      refused(404, assistant_id, 'no version 4'),
    )
  })

  test('loses no update of several at the same time, through two servers', async () => {
    const { assistant_id } = await assistants().create({ graphId: 'configured' })
    const updates = Array.from({ length: 12 }, (_, number) => {
      const { client } = number % 2 === 0 ? server() : other()
      return client.assistants.update(assistant_id, { metadata: { [`key ${number}`]: number } })
    })
    const versions = (await Promise.all(updates)).map(({ version }) => version)
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 2))
    const { metadata, version } = await assistants().get(assistant_id)
    expect(version).toBe(13)
    expect(Object.keys(metadata ?? {})).toHaveLength(12)
  })

  test.each([
    ['an unknown graph', { graph_id: 'nowhere' }, 404, 'nowhere'],
    ['an id that is not a UUID', { graph_id: 'configured', assistant_id: 'mine' }, 422, 'assistant_id'],
    [
      'a key that the server sets',
      { graph_id: 'configured', config: { configurable: { checkpoint_id: 'x' } } },
      422,
      'checkpoint_id',
    ],
    ['a thread', { graph_id: 'configured', config: { configurable: { thread_id: 'x' } } }, 422, 'thread_id'],
    ['an option of a middleware', { graph_id: 'configured', context: { interruptOn: {} } }, 422, 'interruptOn'],
    ['a key that its graph does not declare', { graph_id: 'agent', context: { mood: 'calm' } }, 422, 'mood'],
    ['U+0000 in its name', { graph_id: 'configured', name: 'a\0b' }, 422, 'name'],
    ['U+0000 in its metadata', { graph_id: 'configured', metadata: { a: '\0' } }, 422, 'metadata'],
    [
      'half of a surrogate pair in its config',
      { graph_id: 'configured', config: { configurable: { a: '\ud800' } } },
      422,
      'config',
    ],
  ])('with %s is refused', async (_title, body, status, part) => {
    expect(await sent('POST', '/assistants', body)).toEqual(refused(status, part))
    const { assistant_id } = await assistants().create({ graphId: 'configured' })
    const { assistant_id: id, ...changes } = body as Record<string, unknown>
    if (id === undefined)
      expect(await sent('PATCH', `/assistants/${assistant_id}`, changes)).toEqual(refused(status, part))
    expect(await assistants().get(assistant_id)).toMatchObject({ version: 1 })
  })

  test('that does not exist is 404 in every route', async () => {
    for (const id of [randomUUID(), 'nobody']) {
      for (const [method, path, body] of [
        ['GET', ''],
        ['PATCH', '', {}],
        ['DELETE', ''],
        ['POST', '/versions', {}],
        ['POST', '/latest', { version: 1 }],
        ['GET', '/graph'],
        ['GET', '/schemas'],
        ['GET', '/subgraphs'],
        ['GET', '/subgraphs/child'],
      ] as const) {
        expect([path, await sent(method, `/assistants/${id}${path}`, body)]).toEqual([path, refused(404, id)])
      }
      expect(await sent('POST', '/runs', { assistant_id: id })).toEqual(refused(404, id))
    }
  })
})

describe('the assistant of a graph', () => {
  test('exists from the start, with the same id and version on every server', async () => {
    const own = await assistants().get('configured')
    expect(own).toMatchObject({
      assistant_id: assistantIdOf('configured'),
      name: 'configured',
      description: 'Tells its settings',
      metadata: { created_by: 'system' },
      version: 1,
    })
    expect(await other().client.assistants.get(assistantIdOf('configured'))).toEqual(own)
    expect(await assistants().getVersions('configured')).toMatchObject([{ version: 1 }])
  })

  test('is read-only', async () => {
    const id = assistantIdOf('configured')
    const before = await assistants().get(id)
    for (const name of [id, 'configured']) {
      expect(await sent('PATCH', `/assistants/${name}`, { name: 'mine' })).toEqual(
        refused(409, 'configured', "can't change"),
      )
      expect(await sent('DELETE', `/assistants/${name}?delete_threads=true`)).toEqual(refused(409, "can't delete"))
      expect(await sent('POST', `/assistants/${name}/latest`, { version: 2 })).toEqual(refused(409, "can't change"))
    }
    expect(await assistants().setLatest(id, 1)).toEqual(before)
    expect(await sent('POST', '/assistants', { graph_id: 'annotated', assistant_id: id })).toMatchObject({
      status: 409,
    })
    expect(await assistants().get(id)).toEqual(before)
  })

  test('that langgraph.json has no more stays listed, and its runs are refused', async () => {
    const config = join(folder, 'langgraph.json')
    const fixtures = join(import.meta.dirname, '../fixtures/assistant-agents')
    writeFileSync(config, JSON.stringify({ graphs: { annotated: join(fixtures, 'annotated.ts:graph') } }))
    const made = await assistants().create({ graphId: 'configured', name: 'left' })
    const smaller = await startTestServer(database(), { AGENTS_CONFIG: config, ROLE: 'api' })
    try {
      const { client, url } = smaller
      const found = await client.assistants.search({ graphId: 'configured', limit: 100 })
      expect(found.map(({ assistant_id }) => assistant_id)).toEqual(
        expect.arrayContaining([made.assistant_id, assistantIdOf('configured')]),
      )
      const answers = async (method: string, path: string, body?: object) => {
        const headers = { 'content-type': 'application/json' }
        const response = await fetch(`${url}${path}`, {
          method,
          headers,
          ...(body ? { body: JSON.stringify(body) } : {}),
        })
        return { status: response.status, body: await response.json() }
      }
      for (const assistant_id of [made.assistant_id, assistantIdOf('configured')]) {
        expect(await answers('POST', '/runs', { assistant_id })).toEqual(refused(404, assistant_id, '"configured"'))
        expect(await answers('GET', `/assistants/${assistant_id}/schemas`)).toEqual(refused(404, '"configured"'))
      }
      expect(await answers('PATCH', `/assistants/${made.assistant_id}`, {})).toEqual(refused(404, '"configured"'))
      expect(await client.assistants.update(made.assistant_id, { graphId: 'annotated' })).toMatchObject({ version: 2 })
      // A client may delete what is left of the graph. A server that has the graph writes its assistant again.
      await client.assistants.delete(assistantIdOf('configured'))
      expect(await client.assistants.count({ graphId: 'configured', metadata: { created_by: 'system' } })).toBe(0)
      expect(await assistants().get('configured')).toMatchObject({ metadata: { created_by: 'system' }, version: 1 })
    } finally {
      await smaller.drain()
    }
  })
})

describe('a run of an assistant', () => {
  test('inherits its config, context and metadata, under those of the run', async () => {
    const { threads, runs } = server().client
    const { assistant_id } = await assistants().create({
      graphId: 'configured',
      config: { tags: ['of assistant'], configurable: { language: 'de', mood: 'calm' } },
      context: { tone: 'dry', length: 'short' },
      metadata: { team: 'blue', place: 'here' },
    })
    const { thread_id } = await threads.create()
    const inherited = seenIn(await runs.wait(thread_id, assistant_id, { input: {} }))
    expect(inherited.configurable).toMatchObject({ language: 'de', mood: 'calm', assistant_id, graph_id: 'configured' })
    expect(inherited.context).toEqual({ tone: 'dry', length: 'short' })
    expect(inherited.tags).toEqual(expect.arrayContaining(['of assistant']))
    expect(inherited.metadata).toMatchObject({ team: 'blue', place: 'here', assistant_version: 1 })
    const overridden = seenIn(
      await runs.wait(thread_id, assistant_id, {
        input: {},
        config: { tags: ['of run'], configurable: { mood: 'hasty' } },
        context: { tone: 'warm' },
        metadata: { place: 'there' },
      }),
    )
    expect(overridden.configurable).toMatchObject({ language: 'de', mood: 'hasty' })
    expect(overridden.context).toEqual({ tone: 'warm', length: 'short' })
    expect(overridden.tags).not.toContain('of assistant')
    expect(overridden.metadata).toMatchObject({ team: 'blue', place: 'there' })
    const [run] = await runs.list(thread_id, { limit: 1 })
    expect(run).toMatchObject({ assistant_id, metadata: { team: 'blue', place: 'there' } })
    const thread = await threads.get(thread_id)
    expect(thread.metadata).toEqual({ graph_id: 'configured', assistant_id })
  })

  test('does not give the metadata of the assistant to the thread that it creates', async () => {
    const { threads, runs } = server().client
    const { assistant_id } = await assistants().create({ graphId: 'configured', metadata: { team: 'blue' } })
    const threadId = randomUUID()
    await runs.wait(threadId, assistant_id, { input: {}, ifNotExists: 'create', metadata: { by: 'client' } })
    expect((await threads.get(threadId)).metadata).toEqual({ by: 'client', graph_id: 'configured', assistant_id })
    expect(await runs.list(threadId)).toMatchObject([{ metadata: { team: 'blue', by: 'client' } }])
    expect(seenIn(await runs.wait(null, assistant_id, { input: {} })).metadata).toMatchObject({ team: 'blue' })
  })

  test('keeps the version with which it was accepted', async () => {
    const { threads, runs } = server().client
    const gate = join(folder, randomUUID())
    const { assistant_id } = await assistants().create({
      graphId: 'configured',
      config: { configurable: { language: 'de' } },
    })
    const { thread_id } = await threads.create()
    await runs.create(thread_id, assistant_id, { input: { gate } })
    const queued = await runs.create(thread_id, assistant_id, { input: {}, multitaskStrategy: 'enqueue' })
    await assistants().update(assistant_id, { config: { configurable: { language: 'en' } } })
    writeFileSync(gate, '')
    expect(seenIn(await runs.join(thread_id, queued.run_id)).configurable).toMatchObject({ language: 'de' })
    expect(seenIn(await runs.wait(thread_id, assistant_id, { input: {} })).configurable).toMatchObject({
      language: 'en',
    })
  })

  test('can not set what a client may not send, even if the stored assistant has it', async () => {
    const { assistant_id } = await assistants().create({ graphId: 'configured' })
    await withClient(database(), (admin) =>
      admin.query(`UPDATE hadal.assistant_version SET context = '{"interruptOn": {}}' WHERE assistant_id = $1`, [
        assistant_id,
      ]),
    )
    expect(await sent('POST', '/runs/wait', { assistant_id, input: {} })).toEqual(
      refused(422, assistant_id, 'interruptOn'),
    )
  })

  test('gets a request header that langgraph.json chooses from the request only', async () => {
    const config = join(folder, 'headers.json')
    const graph = join(import.meta.dirname, '../fixtures/assistant-agents/configured.ts:graph')
    const http = { configurable_headers: { includes: ['x-person'] } }
    writeFileSync(config, JSON.stringify({ graphs: { configured: graph }, http }))
    const { client, url, drain } = await startTestServer(database(), {
      AGENTS_CONFIG: config,
      ENCRYPTION_KEY: key,
    })
    try {
      const configurable = { 'X-Person': 'forged', 'x-person': 'forged', language: 'de' }
      const { assistant_id } = await client.assistants.create({ graphId: 'configured', config: { configurable } })
      const seenWith = async (headers: Record<string, string>): Promise<unknown> => {
        const response = await fetch(`${url}/runs/wait`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ assistant_id, input: {} }),
        })
        return seenIn(await response.json()).configurable
      }
      expect(await seenWith({ 'X-Person': 'real' })).toMatchObject({ 'x-person': 'real', language: 'de' })
      const without = await seenWith({})
      expect(without).toMatchObject({ language: 'de' })
      expect(JSON.stringify(without)).not.toContain('forged')
    } finally {
      await drain()
    }
  })
})
