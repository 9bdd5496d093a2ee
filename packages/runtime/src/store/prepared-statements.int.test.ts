import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { isConnectionTrouble } from './connection-trouble.ts'
import { DatabasePool } from './database-pool.ts'
import { PreparedStatements } from './prepared-statements.ts'
import { SchemaChanged } from './schema-changed.ts'
import { transaction } from './transaction.ts'

const database = createDatabase({ migrated: false })
const all = 'SELECT * FROM thing WHERE id >= $1 ORDER BY id'
const insert = 'INSERT INTO thing (id) VALUES ($1) RETURNING *'
/** Names and texts of the prepared statements of a session. */
const preparedQuery =
  "SELECT name, statement FROM pg_prepared_statements WHERE name LIKE 'hadal%' ORDER BY prepare_time"

let unsupported = 0
let pools: DatabasePool[] = []
let admin: pg.Client

/** A pool of `size` connections. */
function poolOf(size = 1, enabled = true): DatabasePool {
  const prepared = new PreparedStatements(() => {
    unsupported += 1
  })
  if (enabled) prepared.enable()
  const settings = { timeoutSeconds: 5, recycleSeconds: 1_800, prePing: true, statementTimeoutSeconds: 30 }
  const pool = new DatabasePool(
    { connectionString: database(), size, overflow: 0, applicationName: 'prepared', prepared, ...settings },
    () => {},
  )
  pools.push(pool)
  return pool
}

async function repeat(pool: pg.Pool, text: string, times = 4): Promise<void> {
  for (let time = 0; time < times; time++) await pool.query(text, [time])
}

const preparedOf = async (pool: pg.Pool): Promise<string[]> =>
  (await pool.query<{ statement: string }>(preparedQuery)).rows.map(({ statement }) => statement)

beforeEach(async () => {
  unsupported = 0
  admin = new pg.Client({ connectionString: database() })
  await admin.connect()
  await admin.query('DROP TABLE IF EXISTS thing; CREATE TABLE thing (id integer)')
})
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()))
  pools = []
  await admin.end()
})

describe('a pool with prepared statements', () => {
  test('prepares a statement at its third execution, once a connection', async () => {
    const pool = poolOf()
    await repeat(pool, all, 2)
    expect(await preparedOf(pool)).toEqual([])
    await repeat(pool, all, 3)
    expect(await preparedOf(pool)).toEqual([all])
  })

  test('executes a prepared statement with other values, in transactions too', async () => {
    const pool = poolOf()
    await repeat(pool, insert, 3)
    const rows = await transaction(pool, async (client) => {
      await client.query(insert, [9])
      return (await client.query(all, [2])).rows
    })
    expect(rows).toEqual([{ id: 2 }, { id: 9 }])
  })

  test('repeats a statement whose function returns rows of a table of which a column got another type', async () => {
    await admin.query(`DROP FUNCTION IF EXISTS add_thing;
      CREATE FUNCTION add_thing(of_id integer, OUT verdict text, OUT added thing) LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO thing (id) VALUES (of_id) RETURNING thing.* INTO added; END $$`)
    const add = 'SELECT verdict, (added).id FROM add_thing($1)'
    const pool = poolOf()
    try {
      await repeat(pool, add, 8)
      await admin.query('ALTER TABLE thing ALTER COLUMN id TYPE text')
      expect((await pool.query(add, [9])).rows).toEqual([{ verdict: null, id: '9' }])
      expect((await pool.query("SELECT count(*)::int AS count FROM thing WHERE id = '9'")).rows).toEqual([{ count: 1 }])
    } finally {
      await admin.query('DROP FUNCTION add_thing')
    }
  })

  test('prepares no statement without values and no statement of a pool that does not enable it', async () => {
    const pool = poolOf()
    for (let time = 0; time < 4; time++) await pool.query('SELECT 1')
    expect(await preparedOf(pool)).toEqual([])
    const off = poolOf(1, false)
    await repeat(off, all)
    expect(await preparedOf(off)).toEqual([])
  })

  test('prepares at most 100 statements', async () => {
    const pool = poolOf()
    for (let column = 0; column < 105; column++) await repeat(pool, `SELECT $1::int AS c${column}`, 3)
    expect(await preparedOf(pool)).toHaveLength(100)
    expect((await pool.query('SELECT $1::int AS c104', [7])).rows).toEqual([{ c104: 7 }])
  })

  test('passes the errors of prepared statements on, and goes on', async () => {
    const pool = poolOf()
    const divide = 'SELECT 1 / $1::int AS quotient'
    for (let time = 0; time < 3; time++) await pool.query(divide, [1])
    await expect(pool.query(divide, [0])).rejects.toThrow('division by zero')
    expect((await pool.query(divide, [1])).rows).toEqual([{ quotient: 1 }])
    expect(unsupported).toBe(0)
  })
})

describe('after a migration that changes the result of prepared statements', () => {
  test('every statement succeeds at once on every connection', async () => {
    const pool = poolOf(3)
    await repeat(pool, insert)
    const everywhere = (): Promise<pg.QueryResult[]> =>
      Promise.all(Array.from({ length: 12 }, () => pool.query(all, [3])))
    for (let time = 0; time < 3; time++) await everywhere()
    await admin.query("ALTER TABLE thing ADD COLUMN name text NOT NULL DEFAULT 'new'")
    for (const { rows } of await everywhere()) expect(rows).toEqual([{ id: 3, name: 'new' }])
    await admin.query('ALTER TABLE thing ALTER COLUMN id TYPE text')
    await admin.query('ALTER TABLE thing DROP COLUMN name')
    const text = 'SELECT * FROM thing WHERE id = $1'
    expect((await pool.query(text, ['3'])).rows).toEqual([{ id: '3' }])
  })

  test('a statement is prepared under another text, because PgBouncer identifies it by its text', async () => {
    const pool = poolOf()
    await repeat(pool, all)
    await admin.query('ALTER TABLE thing ADD COLUMN name text')
    await pool.query(all, [1])
    expect(await preparedOf(pool)).toEqual([all, `${all} /* schema 1 */`])
  })

  test('a transaction fails with an error that names the migration, and succeeds when it is repeated', async () => {
    const pool = poolOf()
    await repeat(pool, all)
    const work = (): Promise<unknown[]> =>
      transaction(pool, async (client) => {
        await client.query(insert, [1])
        return (await client.query(all, [0])).rows
      })
    await admin.query('ALTER TABLE thing ADD COLUMN name text')
    const error = await work().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SchemaChanged)
    expect(String(error)).toContain('A migration changed a table during this transaction')
    expect(isConnectionTrouble(error)).toBe(true)
    expect(await work()).toEqual([{ id: 1, name: null }])
  })
})

test('a session that loses its prepared statements turns preparation off, and no statement fails', async () => {
  const pool = poolOf()
  await repeat(pool, insert)
  await pool.query('DEALLOCATE ALL')
  expect((await pool.query(insert, [5])).rows).toEqual([{ id: 5 }])
  expect(unsupported).toBe(1)
  await repeat(pool, insert)
  expect(await preparedOf(pool)).toEqual([])
})
