import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { createBlockDecoder, sha256 } from './block-codec.ts'
import { copyRows } from './copy-rows.ts'
import { findBackups } from './find-backups.ts'
import { type Block, BlockList, type Manifest } from './manifest.ts'
import { RowSplitter } from './row-splitter.ts'
import { hashesOf, textOf } from './table-blocks.ts'
import { takeBackup } from './take-backup.ts'
import type { BackupTarget } from './targets/backup-target.ts'
import { directoryTarget } from './targets/directory-target.ts'

const database = createDatabase()
const other = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const end = Buffer.from([0xff, 0xff])
const secret = 'the mangrove at the estuary'

const query = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database(), async (client) => (await client.query<Row>(text, values)).rows)

const targetOf = (name: string): BackupTarget => directoryTarget(join(folder, name))
const filesOf = (name: string): string[] => {
  try {
    return readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
  } catch {
    return []
  }
}

const take = (name: string, options: Partial<Parameters<typeof takeBackup>[0]> = {}) =>
  takeBackup({
    database: { url: database(), tls: undefined },
    target: targetOf(name),
    recipients: [],
    onProgress: () => {},
    ...options,
  })

const blocksOf = async (
  target: BackupTarget,
  { id, blocks }: Manifest,
  identities: string[] = [],
): Promise<Block[]> => {
  const stored = await target.readAll(`${id}/${blocks.file}`)
  const list = await (await createBlockDecoder(identities)).decode(stored ?? new Uint8Array(), 'the list of blocks')
  return BlockList.parse(JSON.parse(Buffer.from(list).toString()))
}

const contentOf = async (
  target: BackupTarget,
  id: string,
  block: Block,
  identities: string[] = [],
): Promise<Buffer> => {
  const stored = await target.read(`${id}/${block.file}`, block)
  expect(sha256(stored)).toBe(block.sha256)
  return Buffer.from(await (await createBlockDecoder(identities)).decode(stored, block.table))
}

beforeAll(async () => {
  const server = await startTestServer(database())
  try {
    for (const content of ['hello', secret, 'x'.repeat(100_000)]) {
      const { thread_id } = await server.client.threads.create({ metadata: { of: 'backup' } })
      for (let turn = 0; turn < 3; turn += 1)
        await server.client.runs.wait(thread_id, 'echo', { input: { messages: [{ role: 'user', content }] } })
    }
    await server.client.store.putItem(['places'], 'ä', { text: 'Ö' })
    await server.client.store.putItem(['places'], 'z', { text: 'Ö' })
    // The server creates no such id, but PostgreSQL accepts one.
    await query("INSERT INTO hadal.thread (thread_id) VALUES ('0000000a-0000-0000-0000-00000000000b')")
  } finally {
    await server.drain()
  }
})

test('a backup has every row of the kept tables, and their rows are those of the database', async () => {
  const { manifest, bytes } = await take('all')
  const target = targetOf('all')
  const blocks = await blocksOf(target, manifest)
  const content = new Map(manifest.tables.map(({ name }) => [name, [] as Buffer[]]))
  for (const block of blocks.filter(({ table }) => content.has(table))) {
    const plain = await contentOf(target, manifest.id, block)
    expect(plain.length).toBe(block.plainBytes)
    content.get(block.table)?.push(plain)
  }
  await withClient(other(), async (client) => {
    // Constraints and triggers are not part of a backup.
    await client.query('SET session_replication_role = replica')
    for (const { name, columns } of manifest.tables) {
      const names = columns.map((column) => `"${column.name}"`).join(', ')
      const rows = Readable.from([header, ...(content.get(name) ?? []), end])
      await pipeline(rows, client.query(copyFrom(`COPY ${name} (${names}) FROM STDIN (FORMAT binary)`)))
    }
  })
  const hashOf = (url: string, name: string): Promise<string> =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ hash: string }>(
        `SELECT count(*) || ' ' || md5(coalesce(string_agg(row::text, ',' ORDER BY row::text), '')) AS hash FROM ${name} AS row`,
      )
      return rows[0]?.hash ?? ''
    })
  for (const { name, rows } of manifest.tables) {
    const hash = await hashOf(other(), name)
    expect(`${name} ${hash}`).toBe(`${name} ${await hashOf(database(), name)}`)
    expect(hash.split(' ')[0]).toBe(String(rows))
  }
  expect(manifest.tables.filter(({ rows }) => rows > 0).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['hadal.thread', 'hadal.run', 'hadal.run_event', 'public.checkpoints', 'hadal.store_item']),
  )
  const stored = await target.list('')
  expect(bytes).toBe(stored.reduce((sum, file) => sum + file.bytes, 0))
  expect(await findBackups(target)).toEqual([manifest])
})

test('the rows of a thread follow each other, and each thread has the hash of its rows in every table', async () => {
  const { manifest } = await take('hashes')
  const target = targetOf('hashes')
  const blocks = await blocksOf(target, manifest)
  const threads = await query<{ thread_id: string }>('SELECT DISTINCT thread_id FROM hadal.run ORDER BY thread_id')
  const hashes = new Map<string, string>()
  for (const block of blocks.filter(({ table }) => table === hashesOf('hadal.run_event'))) {
    const plain = await contentOf(target, manifest.id, block)
    expect(plain.length).toBe(48 * block.rows)
    for (let at = 0; at < plain.length; at += 48)
      hashes.set(textOf(plain.subarray(at, at + 16)), plain.subarray(at + 16, at + 48).toString('hex'))
  }
  expect([...hashes.keys()]).toEqual(threads.map(({ thread_id }) => thread_id))
  const expected = createHash('sha256')
  const first = threads[0]?.thread_id ?? ''
  await withClient(database(), async (client) => {
    await copyRows(
      client,
      `SELECT event.* FROM hadal.run_event AS event JOIN hadal.run USING (run_id) WHERE run.thread_id = '${first}' ORDER BY run_id, sequence`,
      (row) => expected.update(row),
    )
  })
  expect(hashes.get(first)).toBe(expected.digest('hex'))
  const ranges = blocks.filter(({ table }) => table === 'public.checkpoint_blobs').map((block) => block.threads)
  expect(ranges.at(0)?.first).toBe(first)
  expect(ranges.at(-1)?.last).toBe(threads.at(-1)?.thread_id)
})

test('rows that are written during a backup are not in it, in no table', async () => {
  const server = await startTestServer(database())
  try {
    const before = await query<{ runs: number }>('SELECT count(*)::int AS runs FROM hadal.run')
    let written: Promise<unknown> | undefined
    const { manifest } = await take('snapshot', {
      onProgress: () => {
        written ??= server.client.runs.wait(null, 'echo', { input: { messages: [{ role: 'user', content: 'late' }] } })
      },
    })
    await written
    const after = await query<{ runs: number }>('SELECT count(*)::int AS runs FROM hadal.run')
    expect(after[0]?.runs).toBe((before[0]?.runs ?? 0) + 1)
    expect(manifest.tables.find(({ name }) => name === 'hadal.run')?.rows).toBe(before[0]?.runs)
  } finally {
    await server.drain()
  }
})

test('a backup with recipients is read with one of their identities only, and has no plain text', async () => {
  const [identity, second] = [await generateX25519Identity(), await generateX25519Identity()]
  const recipients = [await identityToRecipient(identity), await identityToRecipient(second)]
  const { manifest } = await take('encrypted', { recipients })
  expect(manifest.recipients).toEqual(recipients)
  const target = targetOf('encrypted')
  const [block] = await blocksOf(target, manifest, [second])
  if (!block) throw new Error('The backup has no block.')
  await expect(contentOf(target, manifest.id, block, [identity])).resolves.toBeInstanceOf(Buffer)
  await expect(contentOf(target, manifest.id, block)).rejects.toThrow("can't be decompressed")
  await expect(contentOf(target, manifest.id, block, [await generateX25519Identity()])).rejects.toThrow(
    'of another recipient',
  )
  for (const { path } of await target.list('')) {
    const stored = readFileSync(join(folder, 'encrypted', path)).toString('latin1')
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(identity)
  }
  await expect(take('invalid', { recipients: ['age1nonsense'] })).rejects.toThrow(
    '"age1nonsense" is not an age recipient',
  )
})

test('a role that sees one tenant only is refused, and leaves nothing in the target', async () => {
  const { DATABASE_URL = '', DATABASE_LOOPS_URL } = serverAddresses(database())
  expect(DATABASE_LOOPS_URL).toBeDefined()
  await expect(take('role', { database: { url: DATABASE_URL, tls: undefined } })).rejects.toThrow(
    /^The database role "\w+" may not read all rows: .*row-level security policy.* Set DATABASE_OWNER_URL/,
  )
  expect(filesOf('role')).toEqual([])
})

test('rows that a join loses fail the backup', async () => {
  await withClient(database(), async (client) => {
    await client.query('SET session_replication_role = replica')
    await client.query(
      "INSERT INTO hadal.run_event (run_id, sequence, event, data) VALUES ('00000000-0000-4000-8000-000000000001', 1, 'values', '{}')",
    )
  })
  await expect(take('lost')).rejects.toThrow(/^hadal\.run_event has \d+ rows, but \d+ were read/)
  expect(filesOf('lost')).toEqual([])
  await query("DELETE FROM hadal.run_event WHERE run_id = '00000000-0000-4000-8000-000000000001'")
})

test('a target that fails, and an interruption, leave no files', async () => {
  const failing = targetOf('failing')
  const write = failing.write.bind(failing)
  failing.write = async (path, content) => {
    if (path.endsWith('/blocks')) throw new Error('No space left on the device.')
    await write(path, content)
  }
  await expect(take('failing', { target: failing })).rejects.toThrow('No space left on the device.')
  expect(filesOf('failing')).toEqual([])

  const full: BackupTarget = {
    ...targetOf('full'),
    write: async (_path, content) => {
      if (content instanceof Readable) for await (const _ of content) throw new Error('The disk is full.')
    },
  }
  await expect(take('full', { target: full })).rejects.toThrow('The disk is full.')

  const stop = new AbortController()
  const stopped = take('stopped', {
    signal: stop.signal,
    onProgress: ({ table }) => table === 'public.checkpoints' && stop.abort(new Error('The command was stopped.')),
  })
  await expect(stopped).rejects.toThrow('The command was stopped.')
  expect(filesOf('stopped')).toEqual([])
})

test('a table that the program does not know, a newer schema and an unfinished restore are refused', async () => {
  await query('CREATE TABLE hadal.later (id integer PRIMARY KEY)')
  await expect(take('unknown')).rejects.toThrow(
    "The database has tables that this program does not know: hadal.later. Use the program of the database's release.",
  )
  await query('DROP TABLE hadal.later')
  await query("INSERT INTO hadal.migration (version, name) VALUES (999, 'later')")
  await expect(take('newer')).rejects.toThrow(
    /^The database has schema 999, and this program knows schemas up to \d+\./,
  )
  await query('DELETE FROM hadal.migration WHERE version = 999')
  await query(
    "INSERT INTO hadal.restore (restore_id, backup_id, snapshot_at) VALUES (gen_random_uuid(), '20261130T021500Z-9f86d081', now())",
  )
  await expect(take('unfinished')).rejects.toThrow(/^The restore of backup 20261130T021500Z-9f86d081 .* has not ended/)
  await query('DELETE FROM hadal.restore')
  const empty = { url: new URL('/postgres', database()).href, tls: undefined }
  await expect(take('empty', { database: empty })).rejects.toThrow('The database has no tables of Hadal.')
})

test('splits large tables into blocks, and a row that is larger than a block is one block', async () => {
  const large = 9 * 2 ** 20
  await query(
    `INSERT INTO public.checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
     SELECT thread_id::text, '', 'large', n::text, 'bytes', convert_to(repeat(md5(n::text), $1 / 32), 'utf8')
     FROM (SELECT thread_id FROM hadal.run ORDER BY thread_id LIMIT 1) AS of_thread, generate_series(1, 5) AS n`,
    [large / 9],
  )
  await query(
    `UPDATE public.checkpoint_blobs SET blob = convert_to(repeat('large', $1 / 5), 'utf8') WHERE channel = 'large' AND version = '3'`,
    [large],
  )
  const { manifest } = await take('large')
  const blocks = (await blocksOf(targetOf('large'), manifest)).filter(
    ({ table }) => table === 'public.checkpoint_blobs',
  )
  expect(blocks.length).toBeGreaterThanOrEqual(3)
  expect(blocks.filter(({ plainBytes }) => plainBytes > 4 * 2 ** 20)).toMatchObject([{ rows: 1 }])
  const table = manifest.tables.find(({ name }) => name === 'public.checkpoint_blobs')
  expect(blocks.length).toBe(table?.blocks)
  expect(blocks.reduce((sum, { rows }) => sum + rows, 0)).toBe(table?.rows)
  let rows = 0
  for (const block of blocks) {
    const splitter = new RowSplitter()
    splitter.push(Buffer.concat([header, await contentOf(targetOf('large'), manifest.id, block), end]), () => {
      rows += 1
    })
    splitter.end()
  }
  expect(rows).toBe(table?.rows)
})
