import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { renderEnvironment } from '@hadal/charts/render-environment'
import { textAt } from '@hadal/charts/validate/read-json'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../integration/start-postgres.ts'

const environment = soundEnvironment({
  access: { kind: 'api-keys' },
  postgres: { kind: 'standalone', maxConnections: 2000 },
})
const [configMap] = renderEnvironment(environment).filter(({ name }) => name === 'postgres-scripts')
const script = configMap && textAt(configMap.object, 'data', 'make-database.sh')

const logins = {
  'db-credentials': { username: 'deep_agents', password: "owner's \\ pass" },
  'db-application': { username: 'deep_agents_app', password: 'application' },
  'db-loops': { username: 'deep_agents_loops', password: 'loops' },
}

let server: Awaited<ReturnType<typeof startPostgres>>
const folder = mkdtempSync(join(tmpdir(), 'hadal-standalone-'))
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/**
 * Runs the script with the given logins as mounted Secrets. In the image, the superuser needs no password on the server's socket; here it keeps the one
 * with which it connects.
 */
function run(secrets: typeof logins): void {
  for (const [secret, login] of Object.entries(secrets)) {
    mkdirSync(join(folder, secret), { recursive: true })
    for (const [key, value] of Object.entries(login)) writeFileSync(join(folder, secret, key), value)
  }
  const { hostname, port, password } = new URL(server.url)
  const text = String(script).replaceAll('/run/secrets', folder).replace('ALTER ROLE postgres PASSWORD NULL;', '')
  execFileSync('sh', ['-c', text], {
    env: { PATH: process.env.PATH, PGHOST: hostname, PGPORT: port, PGPASSWORD: password },
    stdio: 'pipe',
  })
}

/** Result of a query of a role; the message of the error if it can't connect. */
async function as({ username, password }: (typeof logins)['db-loops'], sql: string): Promise<unknown> {
  const { hostname: host, port } = new URL(server.url)
  const client = new pg.Client({ host, port: Number(port), user: username, password, database: 'deep_agents' })
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } catch (error) {
    return String(error)
  } finally {
    await client.end()
  }
}

test('the script of a standalone server makes the database, its owner and the roles of requests and of loops', async () => {
  expect(script).toContain('ALTER ROLE postgres PASSWORD NULL;')
  run(logins)
  const rights = `SELECT current_user AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS free,
    (SELECT datdba = pg_roles.oid FROM pg_database WHERE datname = 'deep_agents') AS owns FROM pg_roles WHERE rolname = current_user`
  for (const login of Object.values(logins))
    expect(await as(login, rights)).toEqual([
      { name: login.username, free: false, owns: login === logins['db-credentials'] },
    ])
})

test('the script run again sets changed passwords, and keeps the data', async () => {
  await as(logins['db-credentials'], 'CREATE TABLE kept AS SELECT 1 AS one')
  const changed = { ...logins, 'db-loops': { username: 'deep_agents_loops', password: 'other' } }
  run(changed)
  expect(await as(logins['db-loops'], 'SELECT 1')).toMatch(/password authentication failed/)
  expect(await as(changed['db-loops'], 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(await as(logins['db-credentials'], 'SELECT * FROM kept')).toEqual([{ one: 1 }])
})
