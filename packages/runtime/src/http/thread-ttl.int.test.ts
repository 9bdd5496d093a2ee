import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { field } from '@hadal/middleware/unknown-value'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { createLog } from '../log/create-log.ts'
import { createRemovals } from '../runs/retention/create-removals.ts'
import type { RetentionSettings } from '../runs/retention/retention-settings.ts'
import { Sweeper } from '../runs/retention/sweeper.ts'
import { createRedactor } from '../secrets/create-redactor.ts'

const database = createDatabase()
const server = useTestServer(database)
const json = { 'content-type': 'application/json' }
const say = { messages: [{ role: 'user', content: 'hello' }] }

let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

interface Answer {
  readonly status: number
  readonly body: unknown
}

async function answer(method: string, path: string, body?: unknown): Promise<Answer> {
  const init = body === undefined ? { method } : { method, headers: json, body: JSON.stringify(body) }
  const response = await fetch(`${server().url}${path}`, init)
  const text = await response.text()
  return { status: response.status, body: text && JSON.parse(text) }
}

async function create(body: object): Promise<string> {
  const { body: thread } = await answer('POST', '/threads', body)
  return String(field(thread, 'thread_id'))
}

const ttlOf = async (threadId: string): Promise<unknown> =>
  field((await answer('GET', `/threads/${threadId}?include=ttl`)).body, 'ttl')

const settings: RetentionSettings = {
  threadTtl: undefined,
  checkpointDays: 0,
  keepLatest: false,
  keepTurns: 2,
  eventMinutes: 0,
  sweepEveryMs: 60_000,
}

/** Makes one sweep with the given settings. */
async function sweep(given: Partial<RetentionSettings> = {}): Promise<void> {
  const failed: string[] = []
  const removals = createRemovals(pool, { ...settings, ...given })
  const log = createLog('silent', createRedactor(), 'test')
  await new Sweeper({ removals, everyMs: 60_000, log, onError: (kind) => failed.push(kind) }).sweep()
  expect(failed).toEqual([])
}

/** Moves the last use of a thread, and with it the end of its TTL, into the past. */
async function age(threadId: string, minutes: number): Promise<void> {
  await pool.query(`ALTER TABLE hadal.thread DISABLE TRIGGER arm_ttl`)
  await pool.query(
    `UPDATE hadal.thread SET updated_at = updated_at - $2 * interval '1 minute', expires_at = expires_at - $2 * interval '1 minute',
       pruned_up_to = pruned_up_to - $2 * interval '1 minute', prunable_since = prunable_since - $2 * interval '1 minute'
     WHERE thread_id = $1`,
    [threadId, minutes],
  )
  await pool.query('ALTER TABLE hadal.thread ENABLE TRIGGER arm_ttl')
}

/** Moves the migration, from which the time without use counts at the earliest, into the past. */
const ageMigration = (minutes: number) =>
  pool.query("UPDATE hadal.migration SET applied_at = now() - $1 * interval '1 minute' WHERE name = 'retention'", [
    minutes,
  ])

const exists = async (threadId: string): Promise<boolean> =>
  (await answer('GET', `/threads/${threadId}`)).status === 200

describe('the ttl of a thread', () => {
  test('is answered with include=ttl only, with the time at which it ends', async () => {
    const threadId = await create({ ttl: { strategy: 'keep_latest', ttl: 1.5 } })
    const { body: thread } = await answer('GET', `/threads/${threadId}`)
    expect(field(thread, 'ttl')).toBeUndefined()
    const ttl = await ttlOf(threadId)
    expect(ttl).toEqual({ strategy: 'keep_latest', ttl_minutes: 1.5, expires_at: expect.any(String) })
    const used = Date.parse(String(field(thread, 'updated_at')))
    expect(Date.parse(String(field(ttl, 'expires_at'))) - used).toBe(90_000)
    expect((await answer('GET', `/threads/${threadId}?include=runs`)).status).toBe(422)
  })

  test('deletes the thread by default, and null is the same as no ttl', async () => {
    expect(await ttlOf(await create({ ttl: { ttl: 5 } }))).toMatchObject({ strategy: 'delete', ttl_minutes: 5 })
    expect(await ttlOf(await create({ ttl: null }))).toBeUndefined()
    expect(await ttlOf(await create({ ttl: { ttl: 5, strategy: null } }))).toMatchObject({ strategy: 'delete' })
  })

  test.each([
    [{ ttl: 0 }, 'ttl.ttl: must be a number of minutes above 0'],
    [{ ttl: -1 }, 'ttl.ttl'],
    [{ ttl: '5' }, 'ttl.ttl: must be a number of minutes'],
    [{ ttl: 1e12 }, 'ttl.ttl: must be at most'],
    [{ strategy: 'delete' }, 'ttl.ttl'],
    [{ ttl: 5, strategy: 'archive' }, 'ttl.strategy: must be "delete" or "keep_latest"'],
    [{ ttl: 5, stategy: 'delete' }, 'ttl.stategy: unknown field'],
    [5, 'ttl'],
  ])('is rejected if it is %j', async (ttl, detail) => {
    const { thread_id } = await server().client.threads.create()
    for (const [method, path, more] of [
      ['POST', '/threads', {}],
      ['PATCH', `/threads/${thread_id}`, {}],
      ['POST', `/threads/${randomUUID()}/runs`, { assistant_id: 'echo', if_not_exists: 'create' }],
    ] as const) {
      const { status, body } = await answer(method, path, { ...more, ttl })
      expect({ status, detail: field(body, 'detail') }).toEqual({
        status: 422,
        detail: expect.stringContaining(detail),
      })
    }
  })

  test('is set by PATCH, which keeps the metadata, and kept by a PATCH without it', async () => {
    const threadId = await create({ metadata: { a: 1 } })
    expect((await answer('PATCH', `/threads/${threadId}`, { ttl: { ttl: 7 } })).body).toMatchObject({
      metadata: { a: 1 },
    })
    await answer('PATCH', `/threads/${threadId}`, { metadata: { b: 2 }, ttl: null })
    expect(await ttlOf(threadId)).toMatchObject({ strategy: 'delete', ttl_minutes: 7 })
  })

  test('is set by a run that creates its thread', async () => {
    const ttl = { ttl: 9, strategy: 'keep_latest' }
    const run = { assistant_id: 'echo', input: say, ttl }
    const created = randomUUID()
    expect((await answer('POST', `/threads/${created}/runs/wait`, { ...run, if_not_exists: 'create' })).status).toBe(
      200,
    )
    expect(await ttlOf(created)).toMatchObject({ strategy: 'keep_latest', ttl_minutes: 9 })
    const kept = await answer('POST', '/runs', { ...run, on_completion: 'keep' })
    expect(await ttlOf(String(field(kept.body, 'thread_id')))).toMatchObject({ ttl_minutes: 9 })
  })

  test('is rejected for a run that creates no thread, or one that is deleted with the run', async () => {
    const run = { assistant_id: 'echo', input: say, ttl: { ttl: 9 } }
    expect(await answer('POST', `/threads/${await create({})}/runs`, run)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('if_not_exists: "create"') },
    })
    expect(await answer('POST', '/runs', run)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('on_completion: "keep"') },
    })
  })

  test('begins again with each use: a new run, its end, and an update of the state', async () => {
    const threadId = await create({ ttl: { ttl: 60 } })
    await age(threadId, 50)
    await server().client.runs.wait(threadId, 'echo', { input: say })
    await age(threadId, 50)
    await server().client.threads.updateState(threadId, { values: say })
    await age(threadId, 50)
    await sweep()
    expect(await exists(threadId)).toBe(true)
    await age(threadId, 11)
    await sweep()
    expect(await exists(threadId)).toBe(false)
  })
})

test('a ttl with keep_latest ends again after each use: a sweep removes the checkpoints of later runs too', async () => {
  const threadId = await create({ ttl: { ttl: 10, strategy: 'keep_latest' } })
  const checkpoints = async () => (await server().client.threads.getHistory(threadId, { limit: 1_000 })).length
  const runAndSweep = async (): Promise<[before: number, after: number]> => {
    for (let count = 0; count < 4; count += 1) await server().client.runs.wait(threadId, 'echo', { input: say })
    const before = await checkpoints()
    await age(threadId, 11)
    await sweep()
    return [before, await checkpoints()]
  }
  const first = await runAndSweep()
  const second = await runAndSweep()
  for (const [before, after] of [first, second]) expect(after).toBeLessThan(before)
  expect(second[1]).toBe(first[1])
})

describe('a sweep', () => {
  test('deletes a thread whose ttl is over, with its runs and checkpoints', async () => {
    const threadId = await create({ ttl: { ttl: 10 } })
    await server().client.runs.wait(threadId, 'echo', { input: say })
    await age(threadId, 11)
    await sweep()
    for (const [table, column] of [
      ['hadal.thread', 'thread_id'],
      ['hadal.run', 'thread_id'],
      ['public.checkpoints', 'thread_id::uuid'],
      ['public.checkpoint_blobs', 'thread_id::uuid'],
      ['public.checkpoint_writes', 'thread_id::uuid'],
    ]) {
      expect((await pool.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [threadId])).rowCount).toBe(0)
    }
  })

  test('does not touch a thread while a run of it is active or waits', async () => {
    const threadId = await create({ ttl: { ttl: 10 } })
    const run = await server().client.runs.create(threadId, 'echo', { input: say, afterSeconds: 3_600 })
    await age(threadId, 100_000)
    await ageMigration(100_000)
    await sweep({ threadTtl: { strategy: 'delete', minutes: 10 }, keepLatest: true })
    expect(await exists(threadId)).toBe(true)
    await server().client.runs.cancel(threadId, run.run_id, true)
    await age(threadId, 11)
    await sweep()
    expect(await exists(threadId)).toBe(false)
  })

  test('applies the default of the server to threads without a ttl of their own', async () => {
    const standard = { threadTtl: { strategy: 'delete', minutes: 60 } } as const
    const threads = [await create({}), await create({}), await create({ ttl: { ttl: 600 } })]
    const [used = '', unused = '', own = ''] = threads
    for (const threadId of threads) await age(threadId, 61)
    await server().client.threads.update(used, { metadata: { a: 1 } })
    await ageMigration(61)
    await sweep(standard)
    expect([await exists(used), await exists(unused), await exists(own)]).toEqual([true, false, true])
  })

  test('counts the time without use from the migration at the earliest: upgrading deletes nothing early', async () => {
    const threadId = await create({})
    await age(threadId, 100_000)
    await ageMigration(59)
    await sweep({ threadTtl: { strategy: 'delete', minutes: 60 } })
    expect(await exists(threadId)).toBe(true)
  })

  test('leaves out a thread that another transaction has locked, without waiting for it', async () => {
    const threads = [await create({ ttl: { ttl: 10 } }), await create({ ttl: { ttl: 10 } })]
    const [locked = '', free = ''] = threads
    for (const threadId of threads) await age(threadId, 11)
    await withClient(database(), async (client) => {
      await client.query('BEGIN')
      await client.query('SELECT 1 FROM hadal.thread WHERE thread_id = $1 FOR UPDATE', [locked])
      await sweep()
      await client.query('ROLLBACK')
    })
    expect([await exists(locked), await exists(free)]).toEqual([true, false])
    await sweep()
    expect(await exists(locked)).toBe(false)
  })

  test('continues with all other threads if the removal of one fails', async () => {
    const threads: string[] = []
    for (let count = 0; count < 4; count += 1) threads.push(await create({ ttl: { ttl: 10 } }))
    for (const threadId of threads) await age(threadId, 11)
    const [, broken = ''] = threads
    await pool.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
       CREATE TRIGGER refuse BEFORE DELETE ON hadal.thread FOR EACH ROW WHEN (OLD.thread_id = '${broken}') EXECUTE FUNCTION refuse()`,
    )
    const removals = createRemovals(pool, settings)
    const log = createLog('silent', createRedactor(), 'test')
    const sweeper = new Sweeper({ removals, everyMs: 60_000, log })
    for (let sweeps = 0; sweeps < 3; sweeps += 1) await sweeper.sweep()
    await pool.query('DROP FUNCTION refuse CASCADE')
    expect(await Promise.all(threads.map(exists))).toEqual([false, true, false, false])
    // The same process tries the thread again, because no other one is due.
    await sweeper.sweep()
    expect(await exists(broken)).toBe(false)
  })

  test('removes more threads than one batch has', async () => {
    const { rows } = await pool.query<{ thread_id: string }>(
      "INSERT INTO hadal.thread (thread_id, ttl_strategy, ttl_minutes) SELECT gen_random_uuid(), 'delete', 0.00001 FROM generate_series(1, 250) RETURNING thread_id",
    )
    await sweep()
    const ids = rows.map((row) => row.thread_id)
    expect((await pool.query('SELECT 1 FROM hadal.thread WHERE thread_id = ANY($1)', [ids])).rowCount).toBe(0)
  })
})

describe('a server whose langgraph.json has checkpointer.ttl', () => {
  const file = join(tmpdir(), `langgraph-${randomUUID()}.json`)
  const graphs = { echo: `${join(import.meta.dirname, '../fixtures/agents/echo.ts')}:graph` }
  const ttl = { strategy: 'delete', default_ttl: 0.001, sweep_interval_minutes: 0.005 }
  writeFileSync(file, JSON.stringify({ graphs, checkpointer: { ttl } }))
  const sweeping = useTestServer(database, { AGENTS_CONFIG: file })

  test('deletes threads without use by itself, and answers the default ttl', async () => {
    await ageMigration(10)
    const { thread_id } = await sweeping().client.threads.create({ ttl: 5 })
    const { thread_id: gone } = await sweeping().client.threads.create()
    await expect.poll(() => exists(gone), { timeout: 60_000 }).toBe(false)
    expect(await exists(thread_id)).toBe(true)
  })
})
