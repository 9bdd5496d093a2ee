import { join } from 'node:path'
import { generateFernetKey } from '@hadal/platform/fernet'
import type { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { clientOfPerson, peopleSignIn, person } from '../fixtures/people.ts'
import { clientOf, startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { defineAgent } from './define-agent.ts'

const database = createDatabase()
const variables = {
  AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/acting-agents/langgraph.json'),
  ENCRYPTION_KEY: generateFernetKey(),
  APPROVALS_ENABLED: 'false',
}
const people = {
  ann: person('ann', ['read', 'run']),
  bob: person('bob', ['read', 'run']),
  cleo: person('cleo', ['read', 'run'], 'other'),
  root: person('root', ['administer']),
}
let server: TestServer
let open: TestServer
beforeAll(async () => {
  const ACCESS = JSON.stringify({ kind: 'api-keys' })
  server = await startTestServer(database(), { ...variables, ACCESS }, peopleSignIn())
  open = await startTestServer(database(), variables)
})
afterAll(async () => {
  await server?.drain()
  await open?.drain()
})

const as = (user: keyof typeof people): Client => clientOfPerson(server.url, people[user])

/** Runs an agent that calls the tool once on a new thread, and returns the result of the tool. */
async function use(client: Client, graph: string, name: string, args: object): Promise<string> {
  const input = { messages: [{ role: 'human', content: JSON.stringify({ name, args }) }] }
  const values = await client.runs.wait(null, graph, { input })
  return (values as { messages: { content: string }[] }).messages.at(-1)?.content ?? ''
}
const write = (client: Client, graph: string, path: string, content: string): Promise<string> =>
  use(client, graph, 'write_file', { file_path: path, content })
const read = (client: Client, graph: string, path: string): Promise<string> =>
  use(client, graph, 'read_file', { file_path: path })

describe('files under /memories/ and /configs/', () => {
  test('belong to the user of the run by default', async () => {
    await write(as('ann'), 'mine', '/memories/a.md', 'ann likes tea')
    await write(as('bob'), 'mine', '/memories/a.md', 'bob likes coffee')
    await write(as('ann'), 'mine', '/configs/tone.md', 'friendly')
    expect(await read(as('ann'), 'mine', '/memories/a.md')).toContain('ann likes tea')
    expect(await read(as('bob'), 'mine', '/memories/a.md')).toContain('bob likes coffee')
    for (const user of ['bob', 'cleo', 'root'] as const)
      expect(await read(as(user), 'mine', '/configs/tone.md')).toContain('not found')
    expect(await use(as('bob'), 'mine', 'grep', { pattern: 'tea', path: '/memories/' })).toContain('No matches')
    expect(await use(as('bob'), 'mine', 'ls', { path: '/configs/' })).not.toContain('tone')
    await use(as('bob'), 'mine', 'delete', { file_path: '/memories/a.md' })
    expect(await read(as('ann'), 'mine', '/memories/a.md')).toContain('ann likes tea')
  })

  test('of a tenant or an assistant are shared and read-only, except for administrators', async () => {
    for (const graph of ['ours', 'assistants']) {
      for (const [name, args] of [
        ['write_file', { content: 'forged' }],
        ['edit_file', { old_string: 'all', new_string: 'forged' }],
        ['delete', {}],
      ] as const) {
        const answer = await use(as('ann'), graph, name, { file_path: '/memories/rules.md', ...args })
        expect(answer).toContain('/memories/rules.md is read-only in this run, because all users of th')
      }
      await write(as('root'), graph, '/memories/rules.md', 'for all')
      expect(await read(as('bob'), graph, '/memories/rules.md')).toContain('for all')
      await use(as('ann'), graph, 'delete', { file_path: '/memories/rules.md' })
      expect(await read(as('bob'), graph, '/memories/rules.md')).toContain('for all')
      expect(await read(as('cleo'), graph, '/memories/rules.md')).toContain('not found')
    }
  })

  test('of an assistant are not those of another assistant of the same graph', async () => {
    const { assistant_id } = await as('root').assistants.create({ graphId: 'assistants', config: {} })
    await write(as('root'), assistant_id, '/memories/own.md', 'of the made assistant')
    expect(await read(as('root'), assistant_id, '/memories/own.md')).toContain('of the made assistant')
    expect(await read(as('root'), 'assistants', '/memories/own.md')).toContain('not found')
  })

  test('of a tenant can be written by an administrator over the store API', async () => {
    const file = { content: 'by the API', mimeType: 'text/plain', created_at: '2030-01-01', modified_at: '2030-01-01' }
    await as('root').store.putItem(['ours', 'memories'], '/api.md', file)
    expect(await read(as('ann'), 'ours', '/memories/api.md')).toContain('by the API')
  })

  test('of a tenant or an assistant are changed by administrators only, also where all callers see all items', async () => {
    const ACCESS = JSON.stringify({ kind: 'api-keys', share: 'tenant' })
    const shared = await startTestServer(database(), { ...variables, ACCESS }, peopleSignIn('tenant'))
    try {
      const of = (user: keyof typeof people) => clientOfPerson(shared.url, people[user]).store
      for (const namespace of [
        ['ours', 'memories'],
        ['ours', 'configs'],
        ['assistants', 'any-assistant', 'memories'],
      ]) {
        await of('root').putItem(namespace, '/shared.md', { content: 'for all' })
        await expect(of('bob').putItem(namespace, '/shared.md', { content: 'forged' })).rejects.toThrow('403')
        await expect(of('bob').deleteItem(namespace, '/shared.md')).rejects.toThrow('403')
        expect((await of('bob').getItem(namespace, '/shared.md'))?.value).toEqual({ content: 'for all' })
      }
      await of('bob').putItem(['ours', 'notes'], 'k', {})
    } finally {
      await shared.drain()
    }
  })

  test('without sign-in are those of the tenant, and clients may change them', async () => {
    for (const graph of ['mine', 'ours', 'assistants']) {
      await write(clientOf(open.url), graph, '/memories/open.md', 'of everybody')
      expect(await read(clientOf(open.url), graph, '/memories/open.md')).toContain('of everybody')
    }
    const namespaces = await withClient(database(), async (admin) =>
      (
        await admin.query("SELECT namespace FROM hadal.store_item WHERE key = '/open.md' ORDER BY namespace[1]")
      ).rows.map(({ namespace }) => namespace),
    )
    expect(namespaces).toEqual([
      ['assistants', expect.any(String), 'memories'],
      ['mine', 'memories'],
      ['ours', 'memories'],
    ])
  })
})

test('the store of a graph has the items of its user, which the user also reads over HTTP', async () => {
  const keep = async (user: keyof typeof people, by: string): Promise<unknown> =>
    ((await as(user).runs.wait(null, 'stored', { input: { by } })) as { seen: { items: string[] } }).seen.items
  expect(await keep('ann', 'one')).toEqual(['one'])
  expect(await keep('bob', 'two')).toEqual(['two'])
  expect((await as('ann').store.searchItems(['notes'])).items.map(({ key }) => key)).toEqual(['one'])
  await as('bob').store.putItem(['notes'], 'three', {})
  expect(await keep('bob', '')).toEqual(expect.arrayContaining(['two', 'three']))
})

test('`memories` without /memories/ is refused', () => {
  expect(() => defineAgent({ name: 'lost', memories: 'tenant' }, undefined)).toThrow(
    /memories: "tenant", but its backend "web" has no \/memories\/. Set backend: "container"/,
  )
})
