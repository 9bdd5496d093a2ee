import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const server = useTestServer(database)

/** Executes runs at the same time and returns their last messages. */
async function answers(runs: number): Promise<unknown[]> {
  const { client } = server()
  return Promise.all(
    Array.from({ length: runs }, async (_, index) => {
      const { thread_id } = await client.threads.create()
      const input = { messages: [{ role: 'user', content: `number ${index}` }] }
      await client.runs.wait(thread_id, 'echo', { input })
      const [run] = await client.runs.list(thread_id)
      const { values } = await client.threads.getState<{ messages: { content: string }[] }>(thread_id)
      return [run?.status, values.messages.at(-1)?.content]
    }),
  )
}
const expected = (runs: number): unknown[] =>
  Array.from({ length: runs }, (_, index) => ['success', `You said: number ${index}`])

/** Rejected statements in the server's log. */
const rejected = (): unknown[] =>
  server().logged.filter((line) => /cached plan|request_failed/.test(JSON.stringify(line)))

test('no statement of a living server fails when a migration adds a column to every table', async () => {
  for (let round = 0; round < 4; round++) expect(await answers(4)).toEqual(expected(4))
  await withClient(database(), async (admin) => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
         AND relnamespace::regnamespace::text IN ('hadal', 'pgboss', 'public')`,
    )
    expect(rows.map(({ name }) => name)).toContain('hadal.run')
    for (const { name } of rows) await admin.query(`ALTER TABLE ${name} ADD COLUMN added text NOT NULL DEFAULT 'new'`)
  })
  expect(await answers(8)).toEqual(expected(8))
  expect(rejected()).toEqual([])
})

test('statements of a living server are repeated when a migration changes the type of a column', async () => {
  const { client } = server()
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'echo', { input: { messages: [] } })
  for (let time = 0; time < 4; time++) await client.runs.get(thread_id, run_id)
  await client.runs.join(thread_id, run_id)
  await withClient(database(), (admin) =>
    admin.query('ALTER TABLE hadal.run ALTER COLUMN multitask_strategy TYPE varchar(100)'),
  )
  expect((await client.runs.get(thread_id, run_id)).multitask_strategy).toBe('enqueue')
  expect(await answers(8)).toEqual(expected(8))
  expect(rejected()).toEqual([])
})
