import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { hashOfDatabase, schemaOfDatabase } from '../../fixtures/database-content.ts'
import { testRoles } from '../../fixtures/server-addresses.ts'
import { sessionsEnded } from '../../fixtures/sessions-ended.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { migrate } from '../../store/migrate.ts'
import { createBlockDecoder, createBlockEncoder, sha256 } from '../block-codec.ts'
import type { Block, Manifest } from '../manifest.ts'
import { takeBackup } from '../take-backup.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { directoryTarget } from '../targets/directory-target.ts'
import { restoreDatabase } from './restore-database.ts'

const source = createDatabase()
const empty = createDatabase({ migrated: false })
const migrated = createDatabase()
const interrupted = createDatabase({ migrated: false })
const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-refusals-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const of = (url: string) => ({ url, tls: undefined, roles: testRoles })
const hashOf = (url: string) => withClient(url, hashOfDatabase)

let identity: string
/** Folders of a plain and of an encrypted backup of the same database. */
let plain: string
let encrypted: string
const manifests = new Map<string, Manifest>()

async function backUp(recipients: string[]): Promise<string> {
  const folder = newFolder()
  const target = directoryTarget(folder)
  const { manifest } = await takeBackup({ database: of(source()), target, recipients, onProgress: () => {} })
  manifests.set(folder, manifest)
  return folder
}

beforeAll(async () => {
  identity = await generateIdentity()
  const server = await startTestServer(source())
  for (let number = 0; number < 3; number += 1) {
    await server.client.runs.wait(null, 'echo', { input: { messages: [{ role: 'user', content: `run ${number}` }] } })
  }
  await server.drain()
  plain = await backUp([])
  encrypted = await backUp([await identityToRecipient(identity)])
})

const restore = (
  folder: string,
  url: string,
  identities: string[] = [],
  target: BackupTarget = directoryTarget(folder),
) => restoreDatabase({ database: of(url), target, identities, onProgress: () => {} })

/** Expects that a restore into each database fails with a sentence and changes nothing in them. */
async function expectRefusal(work: (url: string) => Promise<unknown>, sentence: RegExp): Promise<void> {
  const before = await hashOf(empty())
  await expect(work(empty())).rejects.toThrow(sentence)
  expect(await hashOf(empty())).toBe(before)
}

/** A copy of a backup that a test changes. */
function changed(folder: string, change: (backup: string, manifest: Manifest) => void): string {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true })
  const manifest = manifests.get(folder)
  if (!manifest) throw new Error('The backup does not exist.')
  change(join(copy, manifest.id), manifest)
  return copy
}
const withManifest = (changes: object): string =>
  changed(plain, (backup, manifest) =>
    writeFileSync(join(backup, 'manifest.json'), JSON.stringify({ ...manifest, ...changes })),
  )
const dataFile = (backup: string): string =>
  join(backup, readdirSync(backup).find((name) => name.startsWith('data-')) ?? '')

/** A copy of the plain backup with another list of blocks. */
async function withBlocks(change: (blocks: Block[]) => Block[]): Promise<string> {
  let path = ''
  const copy = changed(plain, (backup) => {
    path = backup
  })
  const list = await (await createBlockDecoder([])).decode(readFileSync(join(path, 'blocks')), 'the list')
  const blocks: Block[] = change(JSON.parse(Buffer.from(list).toString()))
  const stored = await (await createBlockEncoder([])).encode(Buffer.from(JSON.stringify(blocks)))
  writeFileSync(join(path, 'blocks'), stored)
  const manifest: Manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))
  const entry = { file: 'blocks', bytes: stored.length, sha256: sha256(stored) }
  writeFileSync(join(path, 'manifest.json'), JSON.stringify({ ...manifest, blocks: entry }))
  return copy
}

afterEach(async () => {
  // A test that fails must not leave its rows to the next one.
  expect(await withClient(empty(), schemaOfDatabase)).not.toContain('hadal')
})

test('refuses an encrypted backup without an identity, and names its recipients', () =>
  expectRefusal((url) => restore(encrypted, url), /is encrypted for age1.*BACKUP_IDENTITY_FILE/))

test('refuses the identity of another recipient', async () => {
  const other = await generateIdentity()
  await expectRefusal((url) => restore(encrypted, url, [other]), /can't be decrypted with BACKUP_IDENTITY/)
})

test('refuses an identity that is not valid, without showing it', async () => {
  const wrong = 'AGE-SECRET-KEY-1WRONG'
  const error = await restore(encrypted, empty(), [wrong]).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(String(error)).toMatch(/not an age identity/)
  expect(String(error)).not.toContain('WRONG')
})

test('restores an encrypted backup with the identity of its recipient among others', async () => {
  await restore(encrypted, interrupted(), [await generateIdentity(), identity])
  const { rows } = await withClient(interrupted(), (client) => client.query('SELECT FROM hadal.run'))
  expect(rows).toHaveLength(3)
  await withClient(interrupted(), (client) =>
    client.query(
      'DROP SCHEMA hadal CASCADE; DROP SCHEMA hadal_audit CASCADE; DROP SCHEMA pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public',
    ),
  )
})

test('refuses a folder without a backup, and a backup that does not exist', async () => {
  await expectRefusal((url) => restore(newFolder(), url), /There is no backup in file:.*Check BACKUP_TARGET/)
  const backupId = '20200101T000000Z-00000000'
  await expectRefusal(
    (url) =>
      restoreDatabase({
        database: of(url),
        target: directoryTarget(plain),
        backupId,
        identities: [],
        onProgress: () => {},
      }),
    /There is no backup "20200101T000000Z-00000000".*backup list/,
  )
})

test('a backup whose manifest was not written is not a backup', () =>
  expectRefusal(
    (url) =>
      restore(
        changed(plain, (backup) => rmSync(join(backup, 'manifest.json'))),
        url,
      ),
    /There is no backup in/,
  ))

test('refuses a cut file before anything is written', () =>
  expectRefusal(
    (url) =>
      restore(
        changed(plain, (backup) => truncateSync(dataFile(backup), 100)),
        url,
      ),
    /data-00001 in file:.* ends after 100 bytes: it is cut/,
  ))

test('refuses a missing file before anything is written', async () => {
  await expectRefusal(
    (url) =>
      restore(
        changed(plain, (backup) => rmSync(dataFile(backup))),
        url,
      ),
    /data-00001 is missing in/,
  )
  await expectRefusal(
    (url) =>
      restore(
        changed(plain, (backup) => rmSync(join(backup, 'blocks'))),
        url,
      ),
    /blocks is missing in/,
  )
})

test('refuses a list of blocks that was changed or lacks a block', async () => {
  const cut = changed(plain, (backup) => {
    const path = join(backup, 'blocks')
    const bytes = readFileSync(path)
    bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1)
    writeFileSync(path, bytes)
  })
  await expectRefusal((url) => restore(cut, url), /list of blocks .* has another SHA-256 than the manifest/)
  const lacking = await withBlocks((blocks) => blocks.filter(({ table }) => table !== 'public.checkpoints'))
  await expectRefusal(
    (url) => restore(lacking, url),
    /0 blocks with 0 rows of public.checkpoints, and the manifest 1 with/,
  )
  const surplus = await withBlocks((blocks) =>
    blocks.map((block) => ({ ...block, table: block.table.replace('run_event', 'secret') })),
  )
  await expectRefusal((url) => restore(surplus, url), /blocks of hadal.secret/)
})

test('a block whose bytes were changed ends the restore, and everything is undone', () => {
  const damaged = changed(plain, (backup) => {
    const bytes = readFileSync(dataFile(backup))
    const middle = Math.floor(bytes.length / 2)
    bytes.writeUInt8((bytes[middle] ?? 0) ^ 1, middle)
    writeFileSync(dataFile(backup), bytes)
  })
  return expectRefusal(
    (url) => restore(damaged, url),
    /has another SHA-256 than the backup's list: the backup is damaged.*Nothing was restored\./,
  )
})

test('a block with fewer rows than its list says ends the restore, and everything is undone', async () => {
  const lacking = await withBlocks((blocks) =>
    blocks.map((block) => (block.table === 'hadal.run' ? { ...block, rows: block.rows + 1 } : block)),
  )
  const wrong = changedManifestRows(lacking)
  await expectRefusal((url) => restore(wrong, url), /wrote 3 of 4 rows of hadal.run.*Nothing was restored\./)
})

function changedManifestRows(folder: string): string {
  const [name = ''] = readdirSync(folder)
  const path = join(folder, name, 'manifest.json')
  const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'))
  const tables = manifest.tables.map((table) =>
    table.name === 'hadal.run' ? { ...table, rows: table.rows + 1 } : table,
  )
  writeFileSync(path, JSON.stringify({ ...manifest, tables }))
  return folder
}

test('refuses a schema and a format that are newer than the program, and tables that it does not know', async () => {
  await expectRefusal(
    (url) => restore(withManifest({ schemaVersion: 9_999, program: '7.0.0' }), url),
    /schema version 9999.*Use the program of version 7\.0\.0/,
  )
  await expectRefusal(
    (url) => restore(withManifest({ format: 9_999 }), url),
    /format 9999, and this program knows formats up to 1/,
  )
  await expectRefusal(
    (url) => restore(withManifest({ format: 9_999, tables: 'of another form' }), url),
    /can't be read.*It is the newest backup/,
  )
  const manifest = manifests.get(plain)
  await expectRefusal(
    (url) =>
      restoreDatabase({
        database: of(url),
        target: directoryTarget(withManifest({ format: 9_999, tables: 'of another form' })),
        backupId: manifest?.id,
        identities: [],
        onProgress: () => {},
      }),
    /format 9999, and this program knows formats up to 1/,
  )
  const tables = [...(manifest?.tables ?? []), { name: 'hadal.instance', columns: [], rows: 0, blocks: 0 }]
  await expectRefusal(
    (url) => restore(withManifest({ tables }), url),
    /rows of hadal.instance, which this program does not restore/,
  )
})

test('a column with another type ends the restore, and everything is undone', async () => {
  const tables = manifests.get(plain)?.tables.map((table) =>
    table.name === 'hadal.run'
      ? {
          ...table,
          columns: table.columns.map((column) => (column.name === 'run_id' ? { ...column, type: 'text' } : column)),
        }
      : table,
  )
  await expectRefusal(
    (url) => restore(withManifest({ tables }), url),
    /Column run_id of hadal.run has type text.*Nothing was restored\./,
  )
})

test('refuses a database that has rows', async () => {
  const before = await hashOf(source())
  await expect(restore(plain, source())).rejects.toThrow(/The database is not empty: hadal\.thread has rows.*--threads/)
  expect(await hashOf(source())).toBe(before)
})

test('refuses a database to which a server is connected', async () => {
  const server = await startTestServer(migrated())
  try {
    await expect(restore(plain, migrated())).rejects.toThrow(
      /Programs are connected to the database: hadal .*scale their Deployments to 0/,
    )
  } finally {
    await server.drain()
  }
})

test('a failed restore leaves a database that was only migrated as it was', async () => {
  await sessionsEnded(migrated())
  const before = await withClient(migrated(), schemaOfDatabase)
  const damaged = changed(plain, (backup) => {
    const bytes = readFileSync(dataFile(backup))
    bytes.writeUInt8((bytes[10] ?? 0) ^ 1, 10)
    writeFileSync(dataFile(backup), bytes)
  })
  await expect(restore(damaged, migrated())).rejects.toThrow(/Nothing was restored/)
  expect(await withClient(migrated(), schemaOfDatabase)).toEqual(before)
  expect(await migrate(migrated(), undefined, undefined, testRoles)).toEqual([])
})

test('a database whose restore was cut off is refused by servers and migrations, and the next restore begins anew', async () => {
  const target = directoryTarget(plain)
  const cutOff: BackupTarget = {
    ...target,
    async read(path, part) {
      // The sessions of the restore end, as after a failure of the database.
      if (path.includes('data-')) {
        await withClient(interrupted(), (client) =>
          client.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hadal restore'",
          ),
        )
      }
      return target.read(path, part)
    },
  }
  await expect(restore(plain, interrupted(), [], cutOff)).rejects.toThrow(
    /marked as not complete: run the restore again/,
  )
  const sentence =
    /The database is not complete: the restore of backup .* has not ended.*hadal-runtime restore --backup/
  await expect(migrate(interrupted())).rejects.toThrow(sentence)
  await expect(startTestServer(interrupted())).rejects.toThrow(sentence)
  await sessionsEnded(interrupted())
  await restore(plain, interrupted())
  const server = await startTestServer(interrupted())
  await server.drain()
})

test('a dry run reads all rows and writes nothing', async () => {
  const before = await hashOf(empty())
  const options = { database: of(empty()), identities: [], onProgress: () => {}, dryRun: true }
  const report = await restoreDatabase({ ...options, target: directoryTarget(plain) })
  expect(report).toMatchObject({ restoreId: undefined, settled: undefined })
  const damaged = changed(plain, (backup) => {
    const bytes = readFileSync(dataFile(backup))
    bytes.writeUInt8((bytes[10] ?? 0) ^ 1, 10)
    writeFileSync(dataFile(backup), bytes)
  })
  await expect(restoreDatabase({ ...options, target: directoryTarget(damaged) })).rejects.toThrow(/is damaged/)
  expect(await hashOf(empty())).toBe(before)
})
