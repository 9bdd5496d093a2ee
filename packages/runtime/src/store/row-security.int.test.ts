import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { serverAddresses, testRoles } from '../fixtures/server-addresses.ts'
import { grantRoles } from './grant-roles.ts'
import { separatePools } from './tenant-pools.ts'

const database = createDatabase()
let owner: pg.Pool
let application: pg.Pool
let loops: pg.Pool
let tables: readonly Table[] = []

/** A table of the schema `hadal`, with a row of the tenant `one` that has a value for each column without a default. */
interface Table {
  readonly name: string
  readonly hasTenant: boolean
  /** A column that may be updated. */
  readonly column: string
  /** INSERT statement of the row. */
  readonly insert: string
}

const valueOfType: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  text: "'x'",
  'text[]': "'{x}'",
  'uuid[]': "'{}'",
  boolean: 'false',
  integer: '1',
  bigint: '1',
  'double precision': '1',
  jsonb: "'{}'",
  json: "'{}'",
  bytea: "''",
  date: 'current_date',
  'timestamp with time zone': 'now()',
}

async function readTables(): Promise<Table[]> {
  const { rows } = await owner.query<{ name: string; columns: { name: string; type: string }[]; tenant: boolean }>(
    `SELECT relname AS name, bool_or(attname = 'tenant') AS tenant,
       coalesce(jsonb_agg(jsonb_build_object('name', attname, 'type', format_type(atttypid, NULL)))
         FILTER (WHERE attname <> 'tenant' AND attnotnull AND NOT atthasdef AND attidentity = ''), '[]') AS columns
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
     WHERE relnamespace = 'hadal'::regnamespace AND relkind IN ('r', 'p') GROUP BY relname ORDER BY relname`,
  )
  return rows.map(({ name, columns, tenant }) => {
    const all = [...columns, ...(tenant ? [{ name: 'tenant', type: 'tenant' }] : [])]
    const values = all.map(({ name: column, type }) => {
      const value = column === 'tenant' ? "'one'" : valueOfType[type]
      if (value === undefined)
        throw new Error(`hadal.${name}.${column} has the type ${type}. Add a value of it to this test.`)
      return value
    })
    const names = all.map((column) => `"${column.name}"`)
    const column = tenant ? 'tenant' : (columns[0]?.name ?? '')
    return {
      name,
      hasTenant: tenant,
      column,
      insert: `INSERT INTO hadal.${name} (${names.join(', ')}) VALUES (${values.join(', ')})`,
    }
  })
}

/** Executes statements without the checks, foreign keys and triggers of the tables, so that each table has a row. */
async function fillTables(): Promise<void> {
  const client = await owner.connect()
  try {
    const { rows } = await client.query<{ drop: string }>(
      `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop FROM pg_constraint
       WHERE connamespace = 'hadal'::regnamespace AND contype = 'c'`,
    )
    for (const { drop } of rows) await client.query(drop)
    await client.query('SET session_replication_role = replica')
    for (const { insert } of tables) await client.query(`${insert} ON CONFLICT DO NOTHING`)
    await client.query('RESET session_replication_role')
  } finally {
    client.release()
  }
}

beforeAll(async () => {
  const { DATABASE_URL, DATABASE_LOOPS_URL } = serverAddresses(database())
  owner = new pg.Pool({ connectionString: database(), max: 2 })
  application = new pg.Pool({ connectionString: DATABASE_URL, max: 2 })
  loops = new pg.Pool({ connectionString: DATABASE_LOOPS_URL, max: 1 })
  tables = await readTables()
  await fillTables()
})
afterAll(() => Promise.all([owner, application, loops].map((pool) => pool?.end())))

/** Executes a statement of the application in a transaction of a tenant, which is rolled back. @returns number of rows, or the error's code */
async function affected(tenant: string | undefined, sql: string): Promise<number | string> {
  const client = await application.connect()
  try {
    await client.query('BEGIN')
    if (tenant !== undefined) await client.query("SELECT set_config('hadal.tenant', $1, true)", [tenant])
    const { rowCount } = await client.query(sql)
    return rowCount ?? 0
  } catch (error) {
    return error instanceof pg.DatabaseError ? String(error.code) : String(error)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** Code of PostgreSQL's errors for a missing right and for a row that violates a policy, and of the trigger of tables whose rows can't be changed. */
const refused = '42501'
const unchangeable = 'P0001'

/** Ways in which the application can get around the tenant of a row in a table; empty if there is none. */
async function leaks({ name, hasTenant, column, insert }: Table): Promise<string[]> {
  const found: string[] = []
  for (const tenant of ['two', '', undefined]) {
    const who = tenant === undefined ? 'no tenant' : `tenant "${tenant}"`
    const writes = [`UPDATE hadal.${name} SET ${column} = ${column}`, `DELETE FROM hadal.${name}`, insert]
    for (const sql of hasTenant ? [`SELECT FROM hadal.${name}`, ...writes] : writes) {
      const result = await affected(tenant, sql)
      if (result === refused || result === 0 || result === unchangeable) continue
      found.push(`${sql} with ${who}: ${result}`)
    }
  }
  if (hasTenant && (await affected('one', `SELECT FROM hadal.${name}`)) !== 1)
    found.push('its own tenant does not see the row')
  return found
}

describe('row-level security', () => {
  test('is enabled on every table of the schema', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'hadal'::regnamespace AND relkind IN ('r', 'p') AND (NOT relrowsecurity OR relforcerowsecurity)`,
    )
    expect(rows).toEqual([])
    expect(tables.length).toBeGreaterThan(15)
  })

  test('lets the application read and write nothing of another tenant, or without a tenant, in any table', async () => {
    const found: Record<string, string[]> = {}
    for (const table of tables) found[table.name] = await leaks(table)
    expect(Object.entries(found).filter(([, ways]) => ways.length > 0)).toEqual([])
  })

  test('applies to views', async () => {
    const { rows } = await owner.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relnamespace = 'hadal'::regnamespace AND relkind = 'v'",
    )
    expect(rows.length).toBeGreaterThan(1)
    for (const { name } of rows) expect([name, await affected('two', `SELECT FROM hadal.${name}`)]).toEqual([name, 0])
    expect(await affected('one', 'SELECT FROM hadal.approval_audit')).toBe(1)
  })

  test('shows the loops the rows of all tenants', async () => {
    for (const { name } of tables) {
      const { rowCount } = await loops.query(`SELECT FROM hadal.${name} LIMIT 1`)
      expect([name, rowCount]).toEqual([name, 1])
    }
  })

  test('is noticed if it is missing: each table without it, or without its policy, leaks or hides rows', async () => {
    for (const table of tables.filter(({ hasTenant }) => hasTenant)) {
      await owner.query(`ALTER TABLE hadal.${table.name} DISABLE ROW LEVEL SECURITY`)
      expect([table.name, await leaks(table)]).not.toEqual([table.name, []])
      await owner.query(`ALTER TABLE hadal.${table.name} ENABLE ROW LEVEL SECURITY`)
      const client = await owner.connect()
      try {
        await client.query(`ALTER POLICY of_tenant ON hadal.${table.name} RENAME TO of_tenant_before`)
        await client.query(`ALTER POLICY of_tenant_before ON hadal.${table.name} USING (false)`)
        expect([table.name, await leaks(table)]).not.toEqual([table.name, []])
        await client.query(`ALTER POLICY of_tenant_before ON hadal.${table.name} USING (true)`)
        expect([table.name, await leaks(table)]).not.toEqual([table.name, []])
        await client.query(`DROP POLICY of_tenant_before ON hadal.${table.name}`)
        await client.query(
          `CREATE POLICY of_tenant ON hadal.${table.name} USING (tenant = nullif(current_setting('hadal.tenant', true), ''))`,
        )
        expect([table.name, await leaks(table)]).toEqual([table.name, []])
      } finally {
        client.release()
      }
    }
  })
})

describe('the roles of servers', () => {
  test('own nothing, are members of no role, and can not create objects', async () => {
    for (const role of Object.values(testRoles)) {
      const { rows } = await owner.query(
        `SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
           (SELECT count(*)::int FROM pg_auth_members WHERE member = role.oid) AS memberships,
           (SELECT count(*)::int FROM pg_shdepend WHERE refobjid = role.oid AND deptype = 'o') AS owned,
           (SELECT count(*)::int FROM pg_namespace WHERE has_schema_privilege(role.oid, pg_namespace.oid, 'CREATE')) AS creates
         FROM pg_roles AS role WHERE rolname = $1`,
        [role],
      )
      expect(rows).toEqual([
        {
          rolsuper: false,
          rolbypassrls: false,
          rolcreatedb: false,
          rolcreaterole: false,
          memberships: 0,
          owned: 0,
          creates: 0,
        },
      ])
    }
  })

  test('can not change the version of the schema, also not the role that sees all tenants', async () => {
    for (const pool of [application, loops]) {
      for (const sql of [
        'DELETE FROM hadal.migration',
        'UPDATE hadal.migration SET version = version',
        'INSERT INTO hadal.migration DEFAULT VALUES',
      ])
        await expect(pool.query(sql), sql).rejects.toMatchObject({ code: refused })
    }
  })

  test('are refused by a migration if they could see the data of all tenants', async () => {
    const name = new URL(database()).pathname.slice(1)
    const client = new pg.Client({ connectionString: database() })
    await client.connect()
    const roles = (application: string) => ({ application, loops: testRoles.loops })
    try {
      await expect(grantRoles(client, roles(`${name}_none`))).rejects.toThrow(`has no role "${name}_none"`)
      await client.query(`CREATE ROLE ${name}_free LOGIN BYPASSRLS`)
      await expect(grantRoles(client, roles(`${name}_free`))).rejects.toThrow('has BYPASSRLS')
      await client.query(`CREATE ROLE ${name}_member LOGIN IN ROLE ${name}_free`)
      await expect(grantRoles(client, roles(`${name}_member`))).rejects.toThrow(`is a member of "${name}_free"`)
      await client.query(`CREATE ROLE ${name}_owner LOGIN; ALTER TABLE hadal.thread OWNER TO ${name}_owner`)
      await expect(grantRoles(client, roles(`${name}_owner`))).rejects.toThrow('owns tables of Hadal')
    } finally {
      await client.query('ALTER TABLE hadal.thread OWNER TO CURRENT_USER')
      await client.query(`DROP ROLE IF EXISTS ${name}_member, ${name}_free, ${name}_owner`)
      await client.end()
    }
  })
})

describe('the pool of a tenant', () => {
  test('sets the tenant of each statement and transaction, and leaves none on the connection', async () => {
    const pools = separatePools(application)
    const seen = async (tenant: string): Promise<number> => {
      const { rowCount } = await pools.of(tenant).query('SELECT FROM hadal.thread WHERE tenant <> $1', [''])
      return rowCount ?? 0
    }
    expect([await seen('one'), await seen('two'), await seen("o'ne\\")]).toEqual([1, 0, 0])
    const client = await pools.of('one').connect()
    try {
      await client.query('BEGIN')
      expect((await client.query('SELECT FROM hadal.thread')).rowCount).toBe(1)
      await expect(client.query('SELECT 1 / 0')).rejects.toThrow('division by zero')
      await client.query('ROLLBACK')
      expect((await client.query('SELECT FROM hadal.thread')).rowCount).toBe(1)
    } finally {
      client.release()
    }
    await expect(pools.of('one').query('SELECT 1 / 0')).rejects.toThrow('division by zero')
    expect((await application.query('SELECT FROM hadal.thread')).rowCount).toBe(0)
  })
})
