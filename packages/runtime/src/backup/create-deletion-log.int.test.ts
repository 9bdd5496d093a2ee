import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { backupFolder } from '../fixtures/backup-folder.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { createDeletionLog } from './create-deletion-log.ts'
import { listDeletionFiles, readDeletionFile } from './deletions/deletion-file.ts'
import type { BackupTarget } from './targets/backup-target.ts'

const database = createDatabase()
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database(), max: 4 })
})
beforeEach(() => pool.query('DELETE FROM hadal.deletion'))
afterAll(() => pool?.end())

/** Records deletions that are a number of seconds old. */
const record = (name: string, seconds: number, count = 1): Promise<unknown> =>
  pool.query(
    `INSERT INTO hadal.deletion (kind, pseudonym, at)
     SELECT 'thread', $1 || number, clock_timestamp() - $2 * interval '1 second' FROM generate_series(1, $3) AS number`,
    [name, seconds, count],
  )
const left = async (): Promise<number> =>
  (await pool.query<{ left: number }>('SELECT count(*)::int AS left FROM hadal.deletion')).rows[0]?.left ?? -1
const logged = async (target: BackupTarget): Promise<string[]> => {
  const files = await listDeletionFiles(target)
  const lines = await Promise.all(files.map(({ path }) => readDeletionFile(target, path)))
  return lines.flat().map(({ pseudonym }) => pseudonym)
}
const logOf = (target: BackupTarget | undefined, registry = new Registry()) =>
  createDeletionLog({
    variables: { BACKUP_TARGET: target?.address, BACKUP_REGION: '', BACKUP_RETENTION_DAYS: 35 },
    pool,
    log: pino({ level: 'silent' }),
    registry,
    everyMs: 20,
  })

test('two servers append each deletion once, by file for several, when the oldest is due or at their end', async () => {
  await using backup = await backupFolder()
  const logs = [logOf(backup.target), logOf(backup.target)]
  await record('young', 0)
  for (const log of logs) log.start()
  await record('old', 40, 50)
  await eventually(left, (count) => count === 0)
  const names = await logged(backup.target)
  expect(names).toHaveLength(51)
  expect(new Set(names).size).toBe(51)
  expect((await listDeletionFiles(backup.target)).length).toBeLessThan(4)
  await record('last', 0)
  await Promise.all(logs.map((log) => log.stop()))
  expect([await left(), await logged(backup.target)]).toEqual([0, expect.arrayContaining(['last1'])])
})

test('a storage that accepts connections and never answers does not keep the process, and the deletion stays', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const log = createDeletionLog({
    variables: {
      ...{ BACKUP_TARGET: 's3://backups/archive', BACKUP_ENDPOINT: `http://127.0.0.1:${port}`, BACKUP_REGION: 'eu' },
      ...{ BACKUP_ACCESS_KEY_ID: 'id', BACKUP_SECRET_ACCESS_KEY: 'secret', BACKUP_RETENTION_DAYS: 35 },
    },
    pool,
    log: pino({ level: 'silent' }),
    registry: new Registry(),
  })
  await record('waits', 0)
  await log.stop()
  expect(await left()).toBe(1)
  expect(sockets.length).toBeGreaterThan(0)
  for (const socket of sockets) socket.destroy()
  silent.close()
})

test('a deletion that could not be written stays and is written later; the metric shows its age', async () => {
  await using backup = await backupFolder()
  // A file at the place of the folder of the log.
  await writeFile(join(backup.folder, 'deletions'), '')
  const registry = new Registry()
  const log = logOf(backup.target, registry)
  await record('kept', 300)
  log.start()
  await eventually(
    async () => (await pool.query('SELECT FROM hadal.deletion WHERE claimed_at IS NOT NULL')).rowCount,
    (count) => count === 1,
  )
  expect(await registry.metrics()).toMatch(/^hadal_deletions_unlogged_seconds 30\d/m)
  await rm(join(backup.folder, 'deletions'))
  // Its claim is over.
  await pool.query("UPDATE hadal.deletion SET claimed_at = claimed_at - interval '1 minute'")
  await eventually(left, (count) => count === 0)
  expect(await logged(backup.target)).toEqual(['kept1'])
  await log.stop()
  expect(await registry.metrics()).toMatch(/^hadal_deletions_unlogged_seconds 0$/m)
})

test('a server without a backup target keeps deletions for backups of an operator, and removes old ones', async () => {
  const log = logOf(undefined)
  await record('old', 36 * 86_400)
  await record('young', 34 * 86_400)
  log.start()
  await eventually(left, (count) => count === 1)
  await log.stop()
  expect((await pool.query('SELECT pseudonym FROM hadal.deletion')).rows).toEqual([{ pseudonym: 'young1' }])
})
