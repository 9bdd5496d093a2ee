import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ArchivedPostgres, startArchivedPostgres } from '../fixtures/archived-postgres.ts'
import type { PostgresServer } from '../fixtures/debian-postgres.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { migrate } from '../store/migrate.ts'

// The steps of docs/how-to/recover-to-a-point-in-time.md on plain PostgreSQL, with pgBackRest in place of CloudNativePG's barman-cloud plugin.

let databases: ArchivedPostgres
let recovered: PostgresServer
/** A thread that exists before the point in time and is deleted after it, and one that is created after it. */
const threads = { before: '', after: '' }
let moment = ''

const say = (content: string) => ({ input: { messages: [{ role: 'user', content }] } })

/** Executes work with a server on a database. */
async function served<Result>({ url }: PostgresServer, work: (server: TestServer) => Promise<Result>): Promise<Result> {
  const server = await startTestServer(url)
  try {
    return await work(server)
  } finally {
    await server.drain()
  }
}

/** Contents of the messages of a thread; undefined if the thread does not exist. */
const messagesOf = async ({ client }: TestServer, threadId: string): Promise<string[] | undefined> => {
  const found = await client.threads.get(threadId).catch(() => undefined)
  if (!found) return undefined
  const { values } = await client.threads.getState<{ messages: { content: string }[] }>(threadId)
  return values.messages.map(({ content }) => content)
}

beforeAll(async () => {
  databases = await startArchivedPostgres('hadal')
  const { living } = databases
  await migrate(living.url)
  await databases.backUp('postgres')
  await served(living, async ({ client }) => {
    threads.before = (await client.threads.create()).thread_id
    await client.runs.wait(threads.before, 'echo', say('before'))
    const [row] = await living.query('SELECT clock_timestamp()::text AS moment')
    moment = String(row?.moment)
    threads.after = (await client.threads.create()).thread_id
    await client.runs.wait(threads.after, 'echo', say('after'))
    await client.threads.delete(threads.before)
  })
  await databases.archive(living)
}, 180_000)
afterAll(async () => databases?.end(), 60_000)

test('a recovery creates a new server with the data of that moment, and touches neither the living server nor its archive', async () => {
  const { living } = databases
  const files = databases.filesOf('postgres')
  expect(Object.keys(files).length).toBeGreaterThan(10)
  recovered = await databases.recover({ from: 'postgres', to: moment, name: 'postgres-2' })
  await served(recovered, async (server) => {
    expect(await messagesOf(server, threads.before)).toContain('before')
    expect(await messagesOf(server, threads.after)).toBeUndefined()
  })
  await databases.archive(recovered)
  expect(databases.filesOf('postgres')).toEqual(files)
  expect(Object.keys(databases.filesOf('postgres-2')).length).toBeGreaterThan(0)
  expect((await living.query('SELECT thread_id::text FROM hadal.thread')).map((row) => row.thread_id)).toEqual([
    threads.after,
  ])
}, 180_000)

test('after the switch-over a thread continues, and the way back leads to the living server as it was', async () => {
  await served(recovered, async (server) => {
    await server.client.runs.wait(threads.before, 'echo', say('continued'))
    expect(await messagesOf(server, threads.before)).toEqual(expect.arrayContaining(['before', 'continued']))
  })
  await served(databases.living, async (server) => {
    expect(await messagesOf(server, threads.before)).toBeUndefined()
    expect(await messagesOf(server, threads.after)).toContain('after')
  })
}, 120_000)

test('a recovered server can be recovered again, from its own archive alone', async () => {
  await databases.backUp('postgres-2')
  await served(recovered, ({ client }) => client.runs.wait(threads.before, 'echo', say('later')))
  await databases.archive(recovered)
  const again = await databases.recover({ from: 'postgres-2', to: 'latest', name: 'postgres-3' })
  await served(again, async (server) => {
    expect(await messagesOf(server, threads.before)).toEqual(expect.arrayContaining(['before', 'continued', 'later']))
  })
}, 180_000)

test('a time after the last archived transaction is refused by PostgreSQL, and nothing else changes', async () => {
  const files = databases.filesOf('postgres')
  const later = '2037-01-01 00:00:00+00'
  await expect(databases.recover({ from: 'postgres', to: later, name: 'postgres-4' })).rejects.toThrow(
    'recovery ended before configured recovery target was reached',
  )
  expect(databases.filesOf('postgres')).toEqual(files)
}, 180_000)
