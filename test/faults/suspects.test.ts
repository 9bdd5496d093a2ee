import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { effectsFiles } from '@hadal/runtime/fixtures/effects-file'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { makeSuspect } from '@hadal/runtime/fixtures/make-suspect'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'

const database = createDatabase()
const effects = effectsFiles()
const started: ServerProcess[] = []

async function start(variables: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({
    DATABASE_URL: database(),
    SUSPECT_MEMORY_MEBIBYTES: '360',
    ...variables,
  })
  started.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.end('SIGKILL')))
})

async function rows(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  const result = await client.query(text, values)
  await client.end()
  return result.rows
}

async function suspect({ client }: ServerProcess, how: string) {
  const { path, lines } = effects()
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'poison', { input: { file: path, how } })
  await makeSuspect(database(), run_id)
  const status = async () => (await client.runs.get(thread_id, run_id)).status
  return { thread_id, run_id, lines, status }
}

const attemptsOf = (runId: string) =>
  rows('SELECT reason, detail FROM hadal.run_attempt WHERE run_id = $1 AND parent_id IS NOT NULL ORDER BY attempt', [
    runId,
  ])

/** The heap has a limit of its own, which it may reach first. */
const tooMuch =
  /^The child process (ended with signal SIGABRT\. It used \d+ MiB of memory when it was last measured|used \d+ MiB of memory, more than its 360 MiB, and was killed)\.$/

describe('a suspect that fills the memory', () => {
  test.each(['heap', 'buffers'])(
    'of its %s is set aside after three child processes, and its worker lives',
    async (how) => {
      const api = await start({ ROLE: 'api' })
      const { run_id, status } = await suspect(api, how)
      const worker = await start({ ROLE: 'worker' })
      await eventually(status, (now) => now === 'error', 150_000)
      const died = { reason: 'process_died', detail: expect.stringMatching(tooMuch) }
      expect(await attemptsOf(run_id)).toEqual([died, died, died])
      expect(worker.process.exitCode).toBeNull()
    },
    240_000,
  )
})

describe('a suspect under way', () => {
  test('that blocks its event loop is cancelled all the same, and that is no evidence', async () => {
    const api = await start({ ROLE: 'api' })
    const { thread_id, run_id, lines, status } = await suspect(api, 'block')
    await start({ ROLE: 'worker' })
    await eventually(lines, (seen) => seen.length === 1, 60_000)
    await api.client.runs.cancel(thread_id, run_id)
    await eventually(status, (now) => now === 'interrupted')
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'ended', detail: null }])
  }, 120_000)

  test('goes back to the queue when its worker drains, and is executed by the next', async () => {
    const api = await start({ ROLE: 'api' })
    const { run_id, lines, status } = await suspect(api, 'wait')
    const worker = await start({ ROLE: 'worker', DRAIN_SECONDS: '6' })
    await eventually(lines, (seen) => seen.length === 1, 60_000)
    expect(await worker.end('SIGTERM')).toBe(0)
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'returned', detail: null }])
    await start({ ROLE: 'worker' })
    await eventually(lines, (seen) => seen.length === 2, 60_000)
    expect(await status()).toBe('running')
  }, 180_000)

  test('ends as timed out when it takes longer than a run may, however blocked it is', async () => {
    const api = await start({ ROLE: 'api' })
    const { run_id, status } = await suspect(api, 'block')
    await start({ ROLE: 'worker', RUN_LIMIT_SECONDS: '5' })
    await eventually(status, (now) => now === 'timeout', 60_000)
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'ended', detail: null }])
  }, 120_000)
})
