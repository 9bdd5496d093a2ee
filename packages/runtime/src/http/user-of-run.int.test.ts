import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateFernetKey } from '@hadal/platform/fernet'
import type { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { clientOfPerson, peopleSignIn, person } from '../fixtures/people.ts'
import { clientOf, startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-user-'))
const variables = {
  AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/acting-agents/langgraph.json'),
  ENCRYPTION_KEY: generateFernetKey(),
  ACCESS: JSON.stringify({ kind: 'api-keys' }),
  APPROVALS_ENABLED: 'false',
  DRAIN_SECONDS: '6',
}
const token = 'canary-token-of-ann'
const people = {
  ann: { ...person('ann', ['read', 'run']), further: { mail_token: token } },
  bob: person('bob', ['read', 'run']),
  cleo: person('cleo', ['read', 'run'], 'other'),
}
const start = (): Promise<TestServer> => startTestServer(database(), variables, peopleSignIn())
let server: TestServer
beforeAll(async () => {
  server = await start()
})
afterAll(async () => {
  await server?.drain()
  rmSync(folder, { recursive: true, force: true })
})

const as = (user: keyof typeof people, headers: Record<string, string> = {}): Client =>
  clientOfPerson(server.url, people[user], headers)

const credential = (text: string): string => `credential of ${text.length} characters`
const userObject = (user: keyof typeof people) => ({
  identity: user,
  display_name: user,
  is_authenticated: true,
  permissions: ['read', 'run'],
  ...(user === 'ann' ? { mail_token: credential(token) } : {}),
})
/** What the code of a run sees of a user. */
const sight = (user: keyof typeof people) => ({
  configurable: expect.objectContaining({
    langgraph_auth_user: userObject(user),
    langgraph_auth_user_id: user,
    langgraph_auth_permissions: ['read', 'run'],
  }),
  serverInfo: expect.objectContaining({ user: userObject(user) }),
})
const say = (name: string, args: object = {}) => ({
  messages: [{ role: 'human', content: JSON.stringify({ name, args }) }],
})
const lastText = (values: unknown): string =>
  (values as { messages: { content: string }[] }).messages.at(-1)?.content ?? ''

describe('the user of a run', () => {
  test('is known to nodes, also of a subgraph, as `langgraph_auth_user` and `serverInfo.user`', async () => {
    const values = await as('ann').runs.wait(null, 'seen', { input: {} })
    const run = { graph_id: 'seen', assistant_id: expect.any(String), tenant: 'acme' }
    expect(values).toMatchObject({
      seen: {
        ...sight('ann'),
        configurable: { ...run, langgraph_auth_user: userObject('ann') },
        serverInfo: { graphId: 'seen', assistantId: expect.any(String), user: userObject('ann') },
        inside: sight('ann'),
      },
    })
    expect(await as('cleo').runs.wait(null, 'seen', { input: {} })).toMatchObject({
      seen: { configurable: { tenant: 'other', langgraph_auth_user_id: 'cleo' } },
    })
  })

  test('is known to a graph function', async () => {
    expect(await as('ann').runs.wait(null, 'built', { input: {} })).toMatchObject({ seen: sight('ann') })
  })

  test('is known to tools, also of a subagent', async () => {
    for (const input of [
      say('whoami'),
      say('task', { subagent_type: 'helper', description: JSON.stringify({ name: 'whoami', args: {} }) }),
    ]) {
      const values = await as('ann').runs.wait(null, 'agent', { input })
      const { ofArgument, ofContext } = JSON.parse(lastText(values))
      expect(ofArgument).toMatchObject(sight('ann'))
      expect(ofContext).toMatchObject({ configurable: sight('ann').configurable })
    }
  })

  test('is the user of a run that its agent starts on the same server, which sees nothing of others', async () => {
    const { thread_id: bobs } = await as('bob').threads.create()
    const { thread_id: own } = await as('ann').threads.create()
    const values = await as('ann', { 'x-user-token': token }).runs.wait(null, 'calling', { input: { by: 'seen' } })
    const { threads, ...seen } = (values as { seen: { threads: string[] } }).seen
    expect(seen).toMatchObject({ seen: sight('ann') })
    expect(JSON.stringify(seen)).toContain(`"x-user-token":"${credential(token)}"`)
    expect(threads).not.toContain(bobs)
    expect(threads).toContain(own)
  })

  test('is the same after a restart of the worker', async () => {
    const gate = join(folder, 'gate')
    const { thread_id } = await as('ann').threads.create()
    const { run_id } = await as('ann', { 'x-user-token': token }).runs.create(thread_id, 'seen', { input: { gate } })
    await eventually(
      () => as('ann').runs.get(thread_id, run_id),
      ({ status }) => status === 'running',
    )
    await server.drain()
    writeFileSync(gate, '')
    server = await start()
    const values = await as('ann').runs.join(thread_id, run_id)
    expect(values).toMatchObject({ seen: { ...sight('ann'), inside: sight('ann') } })
    expect(JSON.stringify(values)).toContain(`"x-user-token":"${credential(token)}"`)
  })

  test('can not be sent by a client', async () => {
    const keys = ['langgraph_auth_user', 'langgraph_auth_user_id', 'langgraph_auth_permissions', 'tenant']
    for (const key of keys) {
      const refused = as('bob').runs.wait(null, 'seen', { input: {}, config: { configurable: { [key]: 'ann' } } })
      await expect(refused).rejects.toThrow(`config.configurable.${key} can't be sent by a client`)
      const made = as('bob').assistants.create({ graphId: 'seen', config: { configurable: { [key]: 'ann' } } })
      await expect(made).rejects.toThrow(key)
    }
    // A graph that calls another one sends its whole configuration.
    const configurable = { graph_id: 'parent', langgraph_auth_user: { identity: 'ann' }, langgraph_auth_user_id: 'ann' }
    expect(await as('bob').runs.wait(null, 'seen', { input: {}, config: { configurable } })).toMatchObject({
      seen: sight('bob'),
    })
  })

  test('is undefined on a server without sign-in', async () => {
    const open = await startTestServer(database(), { ...variables, ACCESS: '{"kind":"open"}' })
    try {
      const { seen } = (await clientOf(open.url).runs.wait(null, 'seen', { input: {} })) as { seen: object }
      expect(Object.keys((seen as { configurable: object }).configurable).toSorted()).toEqual([
        'assistant_id',
        'graph_id',
        'tenant',
      ])
      expect((seen as { serverInfo: object }).serverInfo).not.toHaveProperty('user')
    } finally {
      await open.drain()
    }
  })
})
