import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Ended, runProgram } from '../../fixtures/server-process.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { useVectorPostgres } from '../../fixtures/vector-postgres.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { migrate } from '../../store/migrate.ts'

const agentsFile = join(import.meta.dirname, '../../fixtures/search-agents/langgraph.json')
const postgres = useVectorPostgres()
const folder = mkdtempSync(join(tmpdir(), 'hadal-drill-vectors-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let url: string
/** Number of rows of the backup. */
let backedUp: number
const scratchServer = (role = 'postgres'): string => {
  const address = new URL(url)
  address.username = role
  address.pathname = '/postgres'
  return address.href
}
const run = (command: string, scratch: string): Promise<Ended> =>
  runProgram(command.split(' '), {
    DATABASE_URL: url,
    DATABASE_OWNER_URL: url,
    BACKUP_TARGET: `file://${folder}`,
    DRILL_DATABASE_URL: scratch,
    LOG_LEVEL: 'warn',
  })
const scratchDatabases = (server: string): Promise<unknown[]> =>
  withClient(server, async (client) => {
    const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname LIKE 'hadal_drill_%'")
    return rows
  })

/** A database with two vectors, and a backup of it. */
beforeAll(async () => {
  url = await postgres().create('semantic')
  await migrate(url)
  const server = await startTestServer(url, { AGENTS_CONFIG: agentsFile })
  await server.client.store.putItem(['n'], 'tea', { text: 'tea' })
  await server.client.store.putItem(['n'], 'plane', { text: 'plane' })
  await server.drain()
  const counted = await withClient(url, async (client) => (await client.query('TABLE hadal.store_vector')).rowCount)
  expect(counted).toBe(2)
  backedUp = JSON.parse((await run('backup --json', scratchServer())).output).rows
})

test('a drill restores a backup with vectors on a scratch server with pgvector', async () => {
  const { code, output, errors } = await run('drill --json', scratchServer())
  expect({ code, errors: errors.replaceAll(/^[a-z ]+: .* read\n/gm, '') }).toEqual({ code: 0, errors: '' })
  expect(JSON.parse(output)).toMatchObject({ rows: backedUp })
  expect(await scratchDatabases(scratchServer())).toEqual([])
})

test('a drill of a backup with vectors refuses a scratch server without pgvector, and names the way out', async () => {
  const plain = inject('postgresUrl')
  const { code, output, errors } = await run('drill', plain)
  expect([code, output]).toEqual([1, ''])
  expect(errors).toMatch(
    /Backup \S+ has vectors of the store's items, and the scratch server of the drill \(DRILL_DATABASE_URL\) has no extension pgvector \("vector"\)\. Use a PostgreSQL with pgvector for it; in a cluster, that is the image "pgvector" in charts\/src\/images\.json\./,
  )
  expect(await scratchDatabases(plain)).toEqual([])
})

test('a drill of a backup with vectors refuses a role that may not create the extension, and leaves no scratch database', async () => {
  await withClient(scratchServer(), (client) => client.query('CREATE ROLE drill LOGIN CREATEDB'))
  const { code, errors } = await run('drill', scratchServer('drill'))
  expect(code).toBe(1)
  expect(errors).toMatch(
    /the role drill may not create the extension pgvector \("vector"\) in the database hadal_drill_/,
  )
  expect(await scratchDatabases(scratchServer())).toEqual([])
})
