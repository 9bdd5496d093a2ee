import { setTimeout as pause } from 'node:timers/promises'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { databaseLinks } from '@hadal/runtime/fixtures/database-link'
import { effectsFiles } from '@hadal/runtime/fixtures/effects-file'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import type { RunEvent } from '@hadal/runtime/store/queries/run-events'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { sequenceProblems } from './ground/sequence-problems.ts'

const database = createDatabase()
const link = databaseLinks()
const effects = effectsFiles()
const started: ServerProcess[] = []

async function start(variables: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: database(), ...variables })
  started.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(
    started.splice(0).map((server) => {
      server.process.kill('SIGCONT')
      return server.end('SIGKILL')
    }),
  )
})

async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  return client
    .query<Row>(text, values)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

/** Returns the end reasons of a run's attempts, in order; null for an active attempt. */
const reasonsOf = async (runId: string): Promise<(string | null)[]> => {
  const rows = await query<{ reason: string | null }>(
    'SELECT reason FROM hadal.run_attempt WHERE run_id = $1 ORDER BY attempt',
    [runId],
  )
  return rows.map(({ reason }) => reason)
}

interface Run {
  readonly threadId: string
  readonly runId: string
  readonly path: string
  readonly lines: () => string[]
  readonly open: () => void
}

async function run(server: ServerProcess, input: Readonly<Record<string, unknown>>): Promise<Run> {
  const { path, lines, gate, open } = effects()
  const { thread_id } = await server.client.threads.create()
  const whole = { file: path, gate, ...input }
  const { run_id } = await server.client.runs.create(thread_id, 'steps', { input: whole, streamMode: 'custom' })
  return { threadId: thread_id, runId: run_id, path, lines, open }
}

const begun = ({ lines }: Run, count = 1): Promise<string[]> => eventually(lines, (seen) => seen.length >= count)

/** Waits until the run is over. */
const ended = (server: ServerProcess, { threadId, runId }: Run, status = 'success'): Promise<unknown> =>
  eventually(
    () => server.client.runs.get(threadId, runId),
    (seen) => seen.status === status,
    60_000,
  )

describe('a process that is killed', () => {
  test('has its runs moved to another worker before their leases expire, and the attempt records that the process died', async () => {
    const first = await start()
    const killed = await run(first, { steps: 4 })
    await begun(killed, 3)
    const second = await start()
    await first.end('SIGKILL')
    killed.open()
    await ended(second, killed)
    expect(await reasonsOf(killed.runId)).toEqual(['process_died', 'ended'])
    // The death was judged before the next attempt began, so no lease had to expire.
    const seen = await query<{ before: boolean }>(
      `SELECT i.died_at <= a.started_at AS before FROM hadal.run_attempt AS a JOIN hadal.run_attempt AS killed USING (run_id)
       JOIN hadal.instance AS i ON i.instance_id = killed.instance_id
       WHERE a.run_id = $1 AND a.attempt = 1 AND killed.attempt = 0`,
      [killed.runId],
    )
    expect(seen).toEqual([{ before: true }])
    const lines = second.log.map((line) => JSON.parse(line))
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'attempt_ended', run_id: killed.runId, attempt: 1, reason: 'process_died' }),
    )
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'run_start', run_id: killed.runId, attempt: 2, attempt_before: 'process_died' }),
    )
  })
})

describe('a living process does not count as dead', () => {
  test('during ten short outages of the database in one step: the step continues, and runs once', async () => {
    const direct = await link(database())
    const server = await start({ DATABASE_URL: direct.url })
    // The second server also executes runs, and would take this run over if it returned to the queue.
    const other = await start({ DATABASE_URL: direct.url })
    const streaming = await run(server, { steps: 2, streamMs: 12_000 })
    await begun(streaming)
    for (let outage = 0; outage < 10; outage += 1) {
      direct.cut()
      await pause(400)
      direct.restore()
      await pause(800)
    }
    await begun(streaming, 2)
    await ended(other, streaming)
    expect(streaming.lines()).toEqual(['1', '2'])
    expect(await reasonsOf(streaming.runId)).toEqual(['ended'])
    const rows = await query<RunEvent>('SELECT sequence, event, data FROM hadal.run_event WHERE run_id = $1', [
      streaming.runId,
    ])
    expect(rows.length).toBeGreaterThan(1)
    expect(sequenceProblems(rows)).toEqual([])
  }, 120_000)
})

describe('a promise that is rejected and that nothing awaits', () => {
  test('fails its run; the process and its other runs continue', async () => {
    const server = await start()
    const innocents = await Promise.all(Array.from({ length: 4 }, () => run(server, { steps: 3, pauseMs: 500 })))
    for (const one of innocents) await begun(one)
    const poison = await run(server, { steps: 2, pauseMs: 2_000, rejectAt: 1 })
    await ended(server, poison, 'error')
    const [failed] = await query<{ error: unknown }>('SELECT error FROM hadal.run WHERE run_id = $1', [poison.runId])
    expect(failed?.error).toEqual({
      error: 'Error',
      message: 'A promise was rejected that nothing awaited: step 1 left a promise',
    })
    for (const one of innocents) {
      one.open()
      await ended(server, one)
      expect(one.lines()).toEqual(['1', '2', '3'])
    }
    expect(server.process.exitCode).toBeNull()
    const line = server.log.map((text) => JSON.parse(text)).find(({ event }) => event === 'unhandled_rejection')
    expect(line).toMatchObject({ run_id: poison.runId, thread_id: poison.threadId })
  }, 120_000)
})
