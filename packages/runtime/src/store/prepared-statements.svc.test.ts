import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { type PgBouncerProcess, startPgBouncer } from '../fixtures/pgbouncer-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
let pooler: PgBouncerProcess

beforeAll(async () => {
  pooler = await startPgBouncer(database(), 4)
})
afterAll(async () => pooler.end())

/** Executes `runs` runs at the same time, twice as many as PgBouncer has connections, and returns their last messages. */
async function answers({ client }: TestServer, runs = 8): Promise<unknown[]> {
  return Promise.all(
    Array.from({ length: runs }, async (_, index) => {
      const { thread_id } = await client.threads.create()
      const input = { messages: [{ role: 'user', content: `number ${index}` }] }
      await client.runs.wait(thread_id, 'echo', { input })
      const { values } = await client.threads.getState<{ messages: { content: string }[] }>(thread_id)
      return values.messages.at(-1)?.content
    }),
  )
}
const expected = Array.from({ length: 8 }, (_, index) => `You said: number ${index}`)

async function withServer(setting: string, work: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startTestServer(pooler.url, {
    // This PgBouncer connects as one role.
    DATABASE_URL: pooler.url,
    DATABASE_LOOPS_URL: pooler.url,
    DATABASE_DIRECT_URL: database(),
    DATABASE_PREPARED_STATEMENTS: setting,
  })
  try {
    await work(server)
  } finally {
    await server.drain()
  }
}

/** Lines of the log that report that prepared statements are off. */
const offLines = ({ logged }: TestServer): string =>
  logged
    .map((line) => JSON.stringify(line))
    .filter((line) => line.includes('"prepared_statements_off"'))
    .join('\n')

test("Debian's PgBouncer is older than 1.21, so it does not support prepared statements", () => {
  expect(pooler.version).toBe('1.18.0')
})

test('a server detects the pooler, says at its start that prepared statements are off, and works', async () => {
  await withServer('auto', async (server) => {
    expect(offLines(server)).toContain(
      'Prepared statements are off: a connection pooler is between this server and PostgreSQL.',
    )
    for (let round = 0; round < 3; round++) expect(await answers(server)).toEqual(expected)
  })
})

test('a server with prepared statements off says so at its start, and works', async () => {
  await withServer('off', async (server) => {
    expect(offLines(server)).toContain('Prepared statements are off: DATABASE_PREPARED_STATEMENTS is')
    for (let round = 0; round < 3; round++) expect(await answers(server)).toEqual(expected)
  })
})

test('a server with prepared statements wrongly on turns them off and says how to correct it', async () => {
  await withServer('on', async (server) => {
    expect(offLines(server)).toBe('')
    await eventually(
      async () => {
        await answers(server).catch(() => {})
        return offLines(server)
      },
      (text) => text.includes('Prepared statements are now off'),
    )
    for (let round = 0; round < 3; round++) expect(await answers(server)).toEqual(expected)
  })
})
