import { recordedStack } from '@hadal/infra/fixtures/recorded-stack'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { runProgram, type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { primaryPosition, replicaPosition } from '@hadal/runtime/store/queries/replication'
import { listRuns } from '@hadal/runtime/store/queries/run-rows'
import { countThreads, searchThreads } from '@hadal/runtime/store/queries/search-threads'
import { defaultTenant, wholeTenant } from '@hadal/runtime/store/scope'
import { ThreadSaver } from '@hadal/runtime/store/thread-saver'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { registeredSql } from './registered-sql.ts'

const environment = soundEnvironment({
  name: 'grants',
  access: { kind: 'api-keys' },
  agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 1 }, minAvailable: 0 } },
  postgres: {
    kind: 'external',
    host: 'db.example.com',
    readHost: 'read.example.com',
    addresses: ['192.0.2.0/28'],
    maxConnections: 100,
  },
})
const { resources } = await recordedStack(environment)
const statements = registeredSql(resources)
const database = 'deep_agents_grants'
const roles = [database, `${database}_app`, `${database}_loops`, `${database}_reader`]

/** Returns an address that the Pulumi program wrote into `db-credentials`, changed to the PostgreSQL of this tier, which has no TLS. */
function address(key: 'url' | 'direct-url' | 'loops-url' | 'read-url' | 'owner-url'): string {
  const secret = resources.find(({ name }) => name === 'db-credentials')?.inputs.stringData ?? {}
  const [url, server] = [new URL(String(Reflect.get(secret, key))), new URL(inject('postgresUrl'))]
  url.host = server.host
  url.search = ''
  return url.href
}

async function as<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Result of an SQL statement: `done` or PostgreSQL's error code. The code of a missing privilege is 42501. */
const codeOf = (url: string, sql: string): Promise<string> =>
  as(url, (client) => client.query(sql)).then(
    () => 'done',
    (error: unknown) => (error instanceof pg.DatabaseError ? String(error.code) : String(error)),
  )

const refused = '42501'

async function drop(): Promise<void> {
  await as(inject('postgresUrl'), async (admin) => {
    await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    for (const role of [...roles, 'stranger']) await admin.query(`DROP ROLE IF EXISTS ${role}`)
  })
}

/** Variables of the migration Job. */
const ofMigration = {
  DATABASE_URL: address('url'),
  DATABASE_LOOPS_URL: address('loops-url'),
  DATABASE_OWNER_URL: address('owner-url'),
}

let server: ServerProcess

beforeAll(async () => {
  await drop()
  for (const { sql, database: of } of statements) {
    const url = new URL(inject('postgresUrl'))
    if (of !== undefined) url.pathname = `/${of}`
    await as(url.href, (admin) => admin.query(sql))
  }
  const { code, errors } = await runProgram(['migrate'], ofMigration)
  if (code !== 0) throw new Error(`The migration failed with exit code ${code}: ${errors}`)
  server = await startServerProcess({
    DATABASE_URL: address('url'),
    DATABASE_DIRECT_URL: address('direct-url'),
    DATABASE_READ_URL: address('read-url'),
    DATABASE_LOOPS_URL: address('loops-url'),
  })
})
afterAll(async () => {
  await server?.end('SIGTERM')
  await drop()
})

test('the owner can run the migration repeatedly', async () => {
  const { code, output } = await runProgram(['migrate'], ofMigration)
  expect([code, output]).toMatchObject([0, expect.stringContaining('migrated')])
})

describe('the application role', () => {
  test('is ready', async () => {
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
  })

  test('serves assistants, threads, their state and history', async () => {
    const { assistants, threads, runs } = server.client
    expect(await assistants.search()).not.toEqual([])
    const thread = await threads.create({ metadata: { by: 'test' } })
    await runs.wait(thread.thread_id, 'echo', { input: { messages: [{ role: 'user', content: 'hello' }] } })
    await threads.update(thread.thread_id, { metadata: { more: true } })
    await threads.updateState(thread.thread_id, { values: { messages: [{ role: 'user', content: 'and' }] } })
    expect((await threads.getState(thread.thread_id)).checkpoint).toBeDefined()
    expect((await threads.getHistory(thread.thread_id)).length).toBeGreaterThan(1)
    expect(await threads.search({ metadata: { by: 'test' } })).toHaveLength(1)
    const copy = await threads.copy(thread.thread_id)
    await threads.delete(copy.thread_id)
    await threads.delete(thread.thread_id)
  })

  test('serves runs: can wait for, stream, list and cancel them, also stateless ones', async () => {
    const { threads, runs } = server.client
    const { thread_id } = await threads.create()
    const hello = { messages: [{ role: 'user', content: 'hello' }] }
    const events: string[] = []
    for await (const { event } of runs.stream(thread_id, 'echo', { input: hello })) events.push(event)
    expect(events).toContain('values')
    const { run_id } = await runs.create(thread_id, 'steps', { input: { steps: 1000 } })
    await runs.cancel(thread_id, run_id, true)
    expect((await runs.list(thread_id)).length).toBe(2)
    await runs.delete(thread_id, run_id)
    await runs.wait(null, 'echo', { input: hello })
    await threads.delete(thread_id)
  })

  test('answers an interrupt and resumes', async () => {
    const { threads, runs } = server.client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'questions', { input: { questions: ['now?', 'and then?'] } })
    const { interrupts } = await threads.get(thread_id)
    const asked = Object.values(interrupts).flat()
    const resume = Object.fromEntries(asked.map(({ id }) => [String(id), 'yes']))
    await runs.wait(thread_id, 'questions', { command: { resume } })
    await threads.delete(thread_id)
  })

  test('may read and write every row of every table, and use their sequences and functions', async () => {
    const lacking = await as(address('url'), async (client) => {
      const { rows } = await client.query<{ what: string }>(`
        SELECT format('%s %I.%I', privilege, nspname, relname) AS what
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace,
             unnest(CASE relkind WHEN 'S' THEN ARRAY['USAGE', 'SELECT'] ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] END) AS privilege
        WHERE relkind IN ('r', 'p', 'S', 'v') AND nspname IN ('public', 'hadal', 'pgboss')
          AND NOT CASE relkind WHEN 'S' THEN has_sequence_privilege(pg_class.oid, privilege) ELSE has_table_privilege(pg_class.oid, privilege) END
        UNION ALL
        SELECT format('EXECUTE %I.%I', nspname, proname)
        FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE nspname IN ('public', 'hadal', 'pgboss') AND NOT has_function_privilege(pg_proc.oid, 'EXECUTE')`)
      return rows.map(({ what }) => what)
    })
    // Only the loops register processes, and only the owner migrates.
    const readOnly = ['instance', 'migration'].flatMap((table) =>
      ['INSERT', 'UPDATE', 'DELETE'].map((privilege) => `${privilege} hadal.${table}`),
    )
    // Entries of the audit are only added.
    expect(lacking.toSorted()).toEqual([...readOnly, 'UPDATE hadal.audit', 'DELETE hadal.audit'].toSorted())
  })

  test.for([
    'CREATE TABLE public.mine ()',
    'CREATE TABLE hadal.mine ()',
    'CREATE TABLE pgboss.mine ()',
    'CREATE TEMPORARY TABLE mine ()',
    'CREATE SCHEMA mine',
    'CREATE DATABASE mine',
    'CREATE ROLE mine',
    'CREATE EXTENSION citext',
    'ALTER TABLE hadal.thread ADD COLUMN mine integer',
    'ALTER TABLE hadal.thread DISABLE TRIGGER ALL',
    'ALTER TABLE hadal.thread DISABLE ROW LEVEL SECURITY',
    'DROP TABLE public.checkpoints',
    'TRUNCATE hadal.thread CASCADE',
    'CREATE INDEX mine ON hadal.run (status)',
    `ALTER ROLE ${database} PASSWORD 'mine'`,
    `SET ROLE ${database}`,
    `GRANT ${database} TO ${database}_app`,
    "COPY hadal.thread TO PROGRAM 'true'",
    "SELECT pg_read_file('postgresql.conf')",
  ])('can not %s', async (sql) => {
    expect(await codeOf(address('url'), sql)).toBe(refused)
  })

  test.for(["UPDATE hadal.approval_event SET actor = 'mine'", 'DELETE FROM hadal.approval_event'])(
    'adds to the audit of approvals and can not %s',
    async (sql) => {
      const ofTenant = "SET hadal.tenant = 'default';"
      const added = `${ofTenant} INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at)
        VALUES ('asked', '${'a'.repeat(64)}', 'default', gen_random_uuid(), 'place', 'pay', now()) ON CONFLICT DO NOTHING`
      expect(await codeOf(address('url'), added)).toBe('done')
      // The error code of the trigger, which rejects the owner too.
      expect(await codeOf(address('url'), `${ofTenant} ${sql}`)).toBe('P0001')
      expect(await codeOf(address('owner-url'), sql)).toBe('P0001')
    },
  )

  test('may open as many connections as its pools need, and no more than its limit', async () => {
    const { rows } = await as(address('url'), (client) =>
      client.query(
        'SELECT rolname, rolconnlimit, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY($1) ORDER BY rolname',
        [roles],
      ),
    )
    expect(rows).toEqual([
      { rolname: database, rolconnlimit: 1, rolsuper: false, rolbypassrls: false },
      { rolname: `${database}_app`, rolconnlimit: 93, rolsuper: false, rolbypassrls: false },
      { rolname: `${database}_loops`, rolconnlimit: 6, rolsuper: false, rolbypassrls: false },
      { rolname: `${database}_reader`, rolconnlimit: 60, rolsuper: false, rolbypassrls: false },
    ])
  })
})

describe('the reader, with which servers read from replicas', () => {
  test('reads every row of every table', async () => {
    const lacking = await as(address('read-url'), async (client) => {
      const { rows } = await client.query<{ what: string }>(`
        SELECT format('%I.%I', nspname, relname) AS what
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p', 'v') AND nspname IN ('public', 'hadal', 'pgboss') AND NOT has_table_privilege(pg_class.oid, 'SELECT')`)
      return rows.map(({ what }) => what)
    })
    expect(lacking).toEqual([])
  })

  test('measures how far a replica is, and the application where the primary is', async () => {
    expect(await as(address('read-url'), (client) => replicaPosition(client))).toMatchObject({ isReplica: false })
    expect(await as(address('url'), (client) => primaryPosition(client, null))).toBeDefined()
  })

  test('executes the statements of searches, counts, lists of runs and histories', async () => {
    const { threads, runs } = server.client
    const { thread_id } = await threads.create({ metadata: { by: 'reader' } })
    await runs.wait(thread_id, 'echo', { input: { messages: [{ role: 'user', content: 'hello' }] } })
    const page = { limit: 10, offset: 0, sortBy: 'updated_at', ascending: false } as const
    const ofTenant = wholeTenant(defaultTenant)
    const filter = { metadata: '{"by":"reader"}', values: { missing: 1 } }
    await as(address('read-url'), async (client) => {
      await client.query("SET hadal.tenant = 'default'")
      expect((await searchThreads(client, ofTenant, { ids: [thread_id] }, page)).threads).toHaveLength(1)
      expect((await searchThreads(client, ofTenant, filter, page)).threads).toEqual([])
      expect(await countThreads(client, ofTenant, filter)).toBe(0)
      expect(
        await listRuns(client, { tenant: defaultTenant, threadId: thread_id }, { limit: 10, offset: 0 }),
      ).toHaveLength(1)
    })
    const pool = new pg.Pool({ connectionString: address('read-url'), max: 1 })
    const newest = await new ThreadSaver(pool).list({ configurable: { thread_id, checkpoint_ns: '' } }).next()
    await pool.end()
    expect(newest.value).toBeDefined()
    await threads.delete(thread_id)
  })

  test.for(['DELETE FROM hadal.thread', 'CREATE TABLE public.mine ()', 'UPDATE pgboss.job SET priority = 1'])(
    'can not %s',
    async (sql) => {
      expect(await codeOf(address('read-url'), sql)).toBe(refused)
    },
  )
})

test('the application and the reader see the rows of one tenant, and the loops those of all', async () => {
  const { thread_id } = await server.client.threads.create()
  const seen = (url: string, tenant?: string) =>
    as(url, async (client) => {
      if (tenant !== undefined) await client.query("SELECT set_config('hadal.tenant', $1, false)", [tenant])
      const { rowCount } = await client.query('SELECT FROM hadal.thread WHERE thread_id = $1', [thread_id])
      return rowCount
    })
  for (const key of ['url', 'direct-url', 'read-url'] as const) {
    expect(await seen(address(key))).toBe(0)
    expect(await seen(address(key), 'other')).toBe(0)
    expect(await seen(address(key), 'default')).toBe(1)
  }
  expect(await seen(address('loops-url'))).toBe(1)
  expect(await seen(address('owner-url'))).toBe(1)
})

test('another role of the server cannot connect', async () => {
  await as(inject('postgresUrl'), (admin) => admin.query("CREATE ROLE stranger LOGIN PASSWORD 'stranger'"))
  const url = new URL(address('url'))
  url.username = 'stranger'
  url.password = 'stranger'
  expect(await codeOf(url.href, 'SELECT 1')).toBe(refused)
})
