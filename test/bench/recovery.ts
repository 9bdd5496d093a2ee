import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { copyRows } from '@hadal/runtime/backup/copy-rows'
import { restoreThreads } from '@hadal/runtime/backup/restore/restore-threads'
import { tableClasses } from '@hadal/runtime/backup/table-classes'
import { directoryTarget } from '@hadal/runtime/backup/targets/directory-target'
import { migrate } from '@hadal/runtime/store/migrate'
import pg from 'pg'
import { figures } from './figures.ts'
import { type DebianPostgres, startDebianPostgres } from './recovery/debian-postgres.ts'
import { fillTo } from './recovery/fill-to.ts'
import { type MeasuredProgram, measuredProgram } from './recovery/measured-program.ts'
import { numbers, spread, table } from './statistics.ts'

/** Size of the larger database, as a multiple of the smaller one. Their memory is compared. */
const larger = 4
/** Number of threads that are restored, one after another. */
const restoredThreads = 10

interface Times {
  readonly pgDump: number[]
  readonly backup: number[]
  readonly pgRestore: number[]
  readonly restore: number[]
}

/**
 * Measures backups and restores of databases beside `pg_dump -Fc` and `pg_restore`, on PostgreSQL 15 of Debian's package. The commands are those of
 * the image: compiled files.
 *
 * @param gigabytes size of the database; memory is also measured at four times this size
 */
export async function recovery(gigabytes: number, rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-recovery-'))
  chmodSync(folder, 0o755)
  const postgres = await startDebianPostgres(folder)
  const remove = async (): Promise<void> => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const stopped = (): void => void remove().finally(() => process.exit(1))
  process.once('SIGINT', stopped).once('SIGTERM', stopped)
  try {
    const program = compiled(folder)
    const small = await measuredAt(postgres, program, { folder, gigabytes, rounds })
    const large = await memoryAt(postgres, program, { folder, gigabytes: larger * gigabytes })
    return report(small, large)
  } finally {
    process.off('SIGINT', stopped).off('SIGTERM', stopped)
    await remove()
  }
}

/** Tells how far the measurement is: it takes a quarter of an hour. */
const progress = (text: string): void => void process.stderr.write(`recovery: ${text}\n`)

/** Builds the files of the image. @returns path of the program */
function compiled(folder: string): string {
  const script = join(import.meta.dirname, '../../packages/agents/build-image-files.ts')
  execFileSync(process.execPath, [script, join(folder, 'app')], { stdio: 'pipe' })
  return join(folder, 'app/bin/hadal-runtime')
}

/** Size of a database, and the maximum memory of the commands with it in megabytes. */
interface Memory {
  readonly gigabytes: number
  readonly threads: number
  readonly bytes: number
  readonly backup: number
  readonly restore: number
}

interface Measured extends Memory {
  readonly times: Times
  readonly encrypted: MeasuredProgram
  /** A restore drill of the backup, with all of its checks. */
  readonly drill: MeasuredProgram
  readonly thread: { readonly copy: number; readonly restore: number }
}

interface Wanted {
  readonly folder: string
  readonly gigabytes: number
}

const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'

/** Creates the database whose rows are backed up. */
async function filled(
  postgres: DebianPostgres,
  gigabytes: number,
): Promise<{ url: string; threads: number; bytes: number }> {
  progress(`fill a database of ${gigabytes} GB`)
  const url = await postgres.create('source')
  await migrate(url)
  const threads = await fillTo(url, gigabytes)
  return { url, threads, bytes: await numberOf(url, 'SELECT pg_database_size(current_database())::float8 AS value') }
}

const variables = (url: string, target: string): Record<string, string> => ({
  DATABASE_URL: url,
  BACKUP_TARGET: `file://${target}`,
})

async function backupAndRestore(
  postgres: DebianPostgres,
  program: string,
  url: string,
  target: string,
): Promise<{ backup: MeasuredProgram; restore: MeasuredProgram }> {
  rmSync(target, { recursive: true, force: true })
  const backup = await measuredProgram([program, 'backup'], variables(url, target))
  progress(`a backup took ${backup.seconds.toFixed(1)} s and ${backup.megabytes.toFixed(0)} MB`)
  const restored = await postgres.create('restored')
  const restore = await measuredProgram([program, 'restore'], variables(restored, target))
  progress(`a restore took ${restore.seconds.toFixed(1)} s and ${restore.megabytes.toFixed(0)} MB`)
  return { backup, restore }
}

async function memoryAt(postgres: DebianPostgres, program: string, { folder, gigabytes }: Wanted): Promise<Memory> {
  const { url, threads, bytes } = await filled(postgres, gigabytes)
  const { backup, restore } = await backupAndRestore(postgres, program, url, join(folder, 'archive'))
  return { gigabytes, threads, bytes, backup: backup.megabytes, restore: restore.megabytes }
}

async function measuredAt(
  postgres: DebianPostgres,
  program: string,
  { folder, gigabytes, rounds }: Wanted & { rounds: number },
): Promise<Measured> {
  const { url, threads, bytes } = await filled(postgres, gigabytes)
  const target = join(folder, 'archive')
  const dumped = join(folder, 'pg_dump')
  const times: Times = { pgDump: [], backup: [], pgRestore: [], restore: [] }
  const memory = { backup: 0, restore: 0 }
  for (let round = 1; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`)
    times.pgDump.push(await postgres.run('pg_dump', '-Fc', '-f', dumped, url))
    times.pgRestore.push(await postgres.run('pg_restore', '-d', await postgres.create('copy'), dumped))
    const { backup, restore } = await backupAndRestore(postgres, program, url, target)
    times.backup.push(backup.seconds)
    times.restore.push(restore.seconds)
    memory.backup = Math.max(memory.backup, backup.megabytes)
    memory.restore = Math.max(memory.restore, restore.megabytes)
  }
  progress('restore single threads')
  const thread = await oneThread(url, target, threads)
  progress('a drill and an encrypted backup')
  const drill = await measuredProgram([program, 'drill'], {
    ...variables(url, target),
    DRILL_DATABASE_URL: url.replace(/[^/]*$/, 'postgres'),
  })
  const encrypted = await measuredProgram([program, 'backup'], {
    ...variables(url, `${target}-encrypted`),
    BACKUP_RECIPIENTS: recipient,
  })
  for (const path of [target, `${target}-encrypted`, dumped]) rmSync(path, { recursive: true, force: true })
  return { gigabytes, threads, bytes, times, ...memory, encrypted, drill, thread }
}

/** Measures the restore of one thread into the living database, and `COPY` of its rows to this process, in seconds: medians. */
async function oneThread(url: string, target: string, threads: number): Promise<Measured['thread']> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const copy: number[] = []
  const restore: number[] = []
  try {
    const { rows } = await client.query<{ id: string }>(
      `SELECT md5('thread' || number)::uuid AS id
       FROM generate_series(1, $1::int, $1::int / ${restoredThreads} + 1) AS number`,
      [threads],
    )
    for (const { id } of rows) {
      const begun = performance.now()
      for (const query of rowsOfThread(id)) await copyRows(client, query, () => {})
      copy.push((performance.now() - begun) / 1_000)
      await client.query('DELETE FROM hadal.thread WHERE thread_id = $1', [id])
      for (const name of ['checkpoints', 'checkpoint_blobs', 'checkpoint_writes'])
        await client.query(`DELETE FROM public.${name} WHERE thread_id = $1`, [id])
      const begunRestore = performance.now()
      await restoreThreads({
        database: { url, tls: undefined },
        target: directoryTarget(target),
        identities: [],
        threads: [id],
        deleted: true,
        onProgress: () => {},
      })
      restore.push((performance.now() - begunRestore) / 1_000)
    }
  } finally {
    await client.end()
  }
  return { copy: spread(copy).median, restore: spread(restore).median }
}

/** Queries for the rows of a thread in all tables that have some. */
const rowsOfThread = (id: string): string[] =>
  Object.entries(tableClasses).flatMap(([name, entry]) =>
    entry.class === 'kept' && entry.thread
      ? [`SELECT row.* FROM ${name} AS row ${entry.join ?? ''} WHERE ${plainThread(entry.thread)} = '${id}'`]
      : [],
  )

/** The thread of a row of the saver is compared as text, so that the query uses the index. */
const plainThread = (thread: string): string => thread.replace('::uuid', '')

async function numberOf(url: string, query: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ value: number }>(query).finally(() => client.end())
  return rows[0]?.value ?? Number.NaN
}

function report(small: Measured, large: Memory): string {
  const { times, thread } = small
  const ratio = (theirs: number[], ours: number[]): number => spread(theirs).median / spread(ours).median
  const figure = { better: 'higher', digits: 2, asked: 1.3, aim: 2 } as const
  const memory = { better: 'lower', digits: 0, asked: 200, aim: 150 } as const
  const growth = { better: 'lower', digits: 2, asked: 1.1, aim: 1.05 } as const
  return [
    `${small.threads} threads, ${(small.bytes / 1e9).toFixed(2)} GB; ${large.threads} threads, ${(large.bytes / 1e9).toFixed(2)} GB; load ${loadavg()[0]?.toFixed(1)}`,
    '',
    figures([
      { ...figure, name: 'pg_dump -Fc ÷ backup', value: ratio(times.pgDump, times.backup) },
      { ...figure, name: 'pg_restore ÷ restore', value: ratio(times.pgRestore, times.restore) },
      { ...memory, name: `memory of backup at ${small.gigabytes} GB [MB]`, value: small.backup },
      { ...memory, name: `memory of backup at ${large.gigabytes} GB [MB]`, value: large.backup },
      { ...memory, name: `memory of restore at ${small.gigabytes} GB [MB]`, value: small.restore },
      { ...memory, name: `memory of restore at ${large.gigabytes} GB [MB]`, value: large.restore },
      { ...growth, name: 'memory of backup, larger ÷ smaller', value: large.backup / small.backup },
      { ...growth, name: 'memory of restore, larger ÷ smaller', value: large.restore / small.restore },
      {
        name: 'drill ÷ restore',
        value: small.drill.seconds / spread(times.restore).median,
        asked: 3,
        aim: 2,
        better: 'lower',
        digits: 2,
      },
      {
        name: 'restore of one thread ÷ COPY of its rows',
        value: thread.restore / thread.copy,
        asked: 20,
        aim: 10,
        better: 'lower',
        digits: 1,
      },
      { name: 'restore of one thread [s]', value: thread.restore, asked: 5, aim: 1, better: 'lower', digits: 2 },
    ]),
    '',
    table(
      ['seconds', 'min', 'median', 'max'],
      [
        ['pg_dump -Fc', ...numbers(spread(times.pgDump), 1)],
        ['backup', ...numbers(spread(times.backup), 1)],
        ['pg_restore', ...numbers(spread(times.pgRestore), 1)],
        ['restore', ...numbers(spread(times.restore), 1)],
      ],
    ),
    `The drill took ${small.drill.seconds.toFixed(1)} s and ${small.drill.megabytes.toFixed(0)} MB.`,
    `An encrypted backup took ${small.encrypted.seconds.toFixed(1)} s and ${small.encrypted.megabytes.toFixed(0)} MB.`,
  ].join('\n')
}
