import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { type DestinationStream, pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { backupFolder } from '../fixtures/backup-folder.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { createDeletionLog } from './create-deletion-log.ts'
import { copyDeletions } from './deletions/copy-deletions.ts'
import { listDeletionFiles, readDeletionFile } from './deletions/deletion-file.ts'
import { flushDeletions } from './deletions/flush-deletions.ts'
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
const logOf = (target: BackupTarget | undefined, registry = new Registry(), lines?: DestinationStream) =>
  createDeletionLog({
    variables: { BACKUP_TARGET: target?.address, BACKUP_REGION: '', BACKUP_RETENTION_DAYS: 35 },
    pool,
    log: lines ? pino({}, lines) : pino({ level: 'silent' }),
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
  // The log imports this library at its first write. Here the write begins in stop(), which waits at most 5 s.
  await import('@aws-sdk/client-s3')
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
  let failures = 0
  const log = logOf(backup.target, registry, { write: () => (failures += 1) })
  await record('kept', 300)
  log.start()
  await eventually(
    async () => failures,
    (count) => count > 1,
  )
  expect(await registry.metrics()).toMatch(/^hadal_deletions_unlogged_seconds [34]\d\d/m)
  await rm(join(backup.folder, 'deletions'))
  await eventually(left, (count) => count === 0)
  expect(await logged(backup.target)).toEqual(['kept1'])
  await log.stop()
  expect(await registry.metrics()).toMatch(/^hadal_deletions_unlogged_seconds 0$/m)
})

test('a server that cannot write returns its deletions, so that another server appends them at once', async () => {
  await using backup = await backupFolder()
  await using broken = await backupFolder()
  await writeFile(join(broken.folder, 'deletions'), '')
  await record('kept', 300)
  await expect(flushDeletions(pool, broken.target)).rejects.toThrow()
  expect(await flushDeletions(pool, backup.target)).toBe(1)
  expect(await logged(backup.target)).toEqual(['kept1'])
})

test('a backup to another target takes no deletion away from the log of the servers, and has those that its backups need', async () => {
  await using ofServers = await backupFolder()
  await using other = await backupFolder()
  await record('old', 3 * 86_400)
  await record('young', 60, 5_001)
  // A backup that is being written, or was given up, has no manifest.
  const id = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
  await other.target.write(`${id}-0badc0de/data-00001`, Buffer.from('rows'))
  await copyDeletions(pool, other.target)
  expect(new Set(await logged(other.target)).size).toBe(5_001)
  expect(await logged(other.target)).not.toContain('old1')
  expect(await flushDeletions(pool, ofServers.target)).toBe(5_002)
  expect(await logged(ofServers.target)).toContain('old1')
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
