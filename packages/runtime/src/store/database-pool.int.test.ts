import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { DatabasePool, DatabaseUnavailable, type PoolSettings } from './database-pool.ts'

const database = createDatabase()
const pools: DatabasePool[] = []

function poolOf(settings: Partial<PoolSettings> = {}): DatabasePool {
  const pool = new DatabasePool(
    {
      connectionString: database(),
      size: 2,
      overflow: 1,
      timeoutSeconds: 30,
      recycleSeconds: 1_800,
      prePing: true,
      statementTimeoutSeconds: 30,
      applicationName: 'pool under test',
      ...settings,
    },
    () => {},
  )
  pools.push(pool)
  return pool
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})

async function asOther<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  return work(client).finally(() => client.end())
}
const pidOf = async (client: pg.ClientBase): Promise<number> =>
  (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid

describe('the pool', () => {
  test('holds at most size plus overflow connections, and names the limit in the error after the timeout', async () => {
    const pool = poolOf({ timeoutSeconds: 2 })
    const held = await Promise.all([pool.connect(), pool.connect(), pool.connect()])
    expect(pool.totalCount).toBe(3)
    const refused = await pool.query('SELECT 1').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(DatabaseUnavailable)
    expect(String(refused)).toContain('No database connection was free within 2 s: all 3 are in use')
    for (const client of held) client.release()
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  test('closes a connection that exceeds its maximum age instead of reusing it', async () => {
    const pool = poolOf({ recycleSeconds: 1 })
    const first = await pool.connect()
    const pid = await pidOf(first)
    await first.query('SELECT pg_sleep(1.2)')
    first.release()
    const second = await pool.connect()
    expect(await pidOf(second)).not.toBe(pid)
    second.release()
  })

  test('replaces connections that are killed while idle and while in use', async () => {
    const pool = poolOf()
    const [idle, used] = await Promise.all([pool.connect(), pool.connect()])
    const pids = [await pidOf(idle), await pidOf(used)]
    idle.release()
    await asOther((other) => other.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]))
    await expect(used.query('SELECT 1')).rejects.toThrow()
    used.release(true)
    // The pool notices the end of the idle connection a moment later.
    await eventually(
      () => pool.totalCount,
      (count) => count === 0,
    )
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  test('closes a connection whose statement timed out, also inside a transaction', async () => {
    const pool = poolOf({ statementTimeoutSeconds: 1 })
    const client = await pool.connect()
    const pid = await pidOf(client)
    await client.query('BEGIN')
    await expect(client.query('SELECT pg_sleep(3)')).rejects.toThrow('Query read timeout')
    client.release()
    const next = await pool.connect()
    expect(await pidOf(next)).not.toBe(pid)
    next.release()
    await eventually(
      () => pool.totalCount,
      (total) => total === 1,
    )
  })

  test('reports that the database is unavailable', async () => {
    const pool = poolOf({ connectionString: 'postgres://nobody@127.0.0.1:1/none' })
    await expect(pool.query('SELECT 1')).rejects.toThrow("The database can't be reached: ")
  })
})

test('reads arrays of byte strings as pg does', async () => {
  const query = `SELECT '{}'::bytea[] AS none, array[null, '', 'a"b\\134,{NULL}'::bytea] AS flat,
    (SELECT array_agg(array['k'::bytea, decode(repeat('00ff5c22', n), 'hex')]) FROM generate_series(0, 5) n) AS nested`
  const pool = poolOf()
  const plain = new pg.Client({ connectionString: database() })
  await plain.connect()
  try {
    const [ours, theirs] = await Promise.all([pool.query(query), plain.query(query)])
    expect(ours.rows).toEqual(theirs.rows)
    expect(ours.rows[0].nested[5][1]).toEqual(Buffer.from('00ff5c22'.repeat(5), 'hex'))
  } finally {
    await plain.end()
  }
})
