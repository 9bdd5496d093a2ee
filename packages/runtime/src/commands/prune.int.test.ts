import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

/** Creates a thread with some turns, whose last use was some minutes ago. */
async function unusedThread(turns: number, minutes: number, ttl?: number): Promise<string> {
  const { threads, runs } = server().client
  const { thread_id } = await threads.create(ttl === undefined ? {} : { ttl })
  for (let turn = 0; turn < turns; turn += 1) {
    await runs.wait(thread_id, 'echo', { input: { messages: [{ role: 'user', content: `turn ${turn}` }] } })
  }
  await pool.query('ALTER TABLE hadal.thread DISABLE TRIGGER arm_ttl')
  await pool.query(
    `UPDATE hadal.thread SET updated_at = now() - $2 * interval '1 minute',
       expires_at = now() + (ttl_minutes - $2) * interval '1 minute', prunable_since = now() - $2 * interval '1 minute'
     WHERE thread_id = $1`,
    [thread_id, minutes],
  )
  await pool.query('ALTER TABLE hadal.thread ENABLE TRIGGER arm_ttl')
  return thread_id
}

const program = (args: string[], variables: Record<string, string>) =>
  runProgram(args, { DATABASE_URL: database(), LOG_LEVEL: 'silent', ...variables })
const stored = async (threadId: string): Promise<number> =>
  (await pool.query('SELECT 1 FROM public.checkpoints WHERE thread_id = $1', [threadId])).rowCount ?? 0

test('hadal-runtime prune --dry-run shows what a pass of hadal-runtime prune then removes', async () => {
  const expired = await unusedThread(1, 11, 10)
  const long = await unusedThread(5, 100)
  const young = await unusedThread(5, 1)
  const variables = { CHECKPOINT_KEEP_TURNS: '1', THREAD_TTL_MINUTES: '60', THREAD_TTL_STRATEGY: 'keep_latest' }
  await pool.query("UPDATE hadal.migration SET applied_at = now() - interval '1 day'")
  const [before, whole] = [await stored(long), await stored(young)]

  const shown = await program(['prune', '--dry-run'], variables)
  expect(shown).toMatchObject({ code: 0, errors: '' })
  expect(shown.output).toMatch(/^Nothing was removed\./)
  expect(shown.output).toMatch(/ttl of a thread, delete: 1 threads, 0\.\d MB, the oldest since 20/)
  expect(shown.output).toMatch(/events, 60 minutes after their thread came to rest: \d+ rows of \d+ runs, \d+\.\d MB/)
  const removable = Number(/default ttl, keep_latest: (\d+) checkpoints of 1 threads/.exec(shown.output)?.[1])
  expect(removable).toBeGreaterThan(0)
  expect([await stored(long), await stored(young)]).toEqual([before, whole])

  const pruned = await program(['prune'], variables)
  expect(pruned).toMatchObject({ code: 0, errors: '' })
  expect(pruned.output).toContain(`\nthread: 1\n`)
  expect(pruned.output).toContain(`\ncheckpoint: ${removable}\n`)
  expect([await stored(expired), await stored(long), await stored(young)]).toEqual([0, before - removable, whole])
  expect((await program(['prune', '--dry-run'], variables)).output).toContain('0 checkpoints of 0 threads, 0.0 MB\n')
})

test('hadal-runtime prune removes only checkpoints beyond their age with CHECKPOINT_RETENTION_DAYS', async () => {
  const threadId = await unusedThread(5, 45 * 1_440)
  const before = await stored(threadId)
  await program(['prune'], { CHECKPOINT_RETENTION_DAYS: '30' })
  expect(await stored(threadId)).toBe(before)
  await pool.query(
    `UPDATE public.checkpoints SET checkpoint = jsonb_set(checkpoint, '{ts}', to_jsonb(now() - interval '45 days')) WHERE thread_id = $1`,
    [threadId],
  )
  // The first pass noted the time of the oldest checkpoint, which now counts as 30 days old.
  await pool.query("UPDATE hadal.thread SET prunable_since = now() - interval '45 days' WHERE thread_id = $1", [
    threadId,
  ])
  await program(['prune'], { CHECKPOINT_RETENTION_DAYS: '30' })
  expect(await stored(threadId)).toBeLessThan(before)
  expect((await server().client.threads.getState(threadId)).values).toMatchObject({ messages: { length: 10 } })
})

test('hadal-runtime prune reports in one sentence that its database is unavailable', async () => {
  const { code, errors } = await program(['prune'], { DATABASE_URL: 'postgres://user@127.0.0.1:1/nothing' })
  expect([code, errors]).toEqual([1, expect.stringContaining("hadal-runtime: The database can't be reached: ")])
})
