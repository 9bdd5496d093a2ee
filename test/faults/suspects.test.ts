import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { effectsFiles } from '@hadal/runtime/fixtures/effects-file'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { makeSuspect } from '@hadal/runtime/fixtures/make-suspect'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { type SupervisedServer, superviseServer } from './ground/supervised-server.ts'

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
const supervised: SupervisedServer[] = []
afterEach(async () => {
  await Promise.all(supervised.splice(0).map((server) => server.stop()))
  await Promise.all(started.splice(0).map((server) => server.end('SIGKILL')))
})

async function rows(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  const result = await client.query(text, values)
  await client.end()
  return result.rows
}

async function submit({ client }: ServerProcess, how: string) {
  const { path, lines } = effects()
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'poison', { input: { file: path, how } })
  const status = async () => (await client.runs.get(thread_id, run_id)).status
  return { thread_id, run_id, lines, status }
}

async function suspect(server: ServerProcess, how: string) {
  const run = await submit(server, how)
  await makeSuspect(database(), run.run_id)
  return run
}

async function supervise(): Promise<SupervisedServer> {
  const server = await superviseServer({ variables: { DATABASE_URL: database() }, mayEnd: true })
  supervised.push(server)
  return server
}

const attemptsOf = (runId: string) =>
  rows('SELECT reason, detail FROM hadal.run_attempt WHERE run_id = $1 AND parent_id IS NOT NULL ORDER BY attempt', [
    runId,
  ])

/** The heap has a limit of its own, which it may reach first. */
const tooMuch =
  /^The child process (ended with signal SIGABRT\. It used \d+ MiB of memory when it was last measured|used \d+ MiB of memory, more than its 360 MiB, and was killed)\.$/

test('suspects that fill the heap or the buffers are set aside after three child processes each, and their worker lives', async () => {
  const api = await start({ ROLE: 'api' })
  const suspects = [await suspect(api, 'heap'), await suspect(api, 'buffers')]
  const worker = await start({ ROLE: 'worker' })
  const died = { reason: 'process_died', detail: expect.stringMatching(tooMuch) }
  for (const { run_id, status } of suspects) {
    await eventually(status, (now) => now === 'error', 240_000)
    expect(await attemptsOf(run_id)).toEqual([died, died, died])
  }
  expect(worker.process.exitCode).toBeNull()
}, 540_000)

describe('one worker that dies again and again', () => {
  test('loses no innocent run: the run that kills it is set aside alone', async () => {
    const server = await supervise()
    const poison = await submit(server.current, 'exit')
    const innocents = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { client } = server.current
        const { thread_id } = await client.threads.create()
        const input = { file: effects().path, steps: 2, pauseMs: 2_000 }
        const { run_id } = await client.runs.create(thread_id, 'steps', { input })
        return run_id
      }),
    )
    const statuses = async () =>
      (await rows('SELECT run_id, status FROM hadal.run WHERE run_id = ANY($1)', [[poison.run_id, ...innocents]])).map(
        ({ run_id, status }) => `${run_id === poison.run_id ? 'poison' : 'innocent'} ${status}`,
      )
    const right = ['innocent success', 'innocent success', 'innocent success', 'innocent success', 'poison error']
    await eventually(statuses, (seen) => seen.every((one) => right.includes(one)), 300_000)
    expect((await statuses()).toSorted()).toEqual(right)
    const dead = await rows(
      "SELECT data->>'runId' AS run_id FROM pgboss.job WHERE name = 'run-dead' AND data->>'runId' = ANY($1)",
      [[poison.run_id, ...innocents]],
    )
    expect(dead).toEqual([{ run_id: poison.run_id }])
    expect(server.unexpectedEnds).toEqual([])
    // Two deaths make suspects; from then on the worker lives.
    expect(server.lives).toHaveLength(3)
  }, 420_000)

  test('goes on with other runs while a suspect that kills it with its child process waits, and blames nobody', async () => {
    const server = await supervise()
    const poison = await submit(server.current, 'worker')
    const waits = () =>
      rows('SELECT suspect_waits FROM hadal.run WHERE run_id = $1 AND suspect_until > now()', [poison.run_id])
    expect(await eventually(waits, (seen) => seen.length > 0, 240_000)).toEqual([{ suspect_waits: 1 }])
    expect(await attemptsOf(poison.run_id)).toEqual([{ reason: 'process_died', detail: 'Its worker died as well.' }])
    const other = await submit(server.current, 'nothing')
    await eventually(
      () => rows('SELECT status FROM hadal.run WHERE run_id = $1', [other.run_id]),
      ([seen]) => seen?.status === 'success',
    )
    expect(await rows('SELECT error FROM hadal.run WHERE run_id = $1', [poison.run_id])).toEqual([{ error: null }])
    expect(server.lives).toHaveLength(4)
  }, 420_000)
})

describe('a suspect under way', () => {
  test('that blocks its event loop is cancelled all the same, and that is no evidence', async () => {
    const api = await start({ ROLE: 'api' })
    const { thread_id, run_id, lines, status } = await suspect(api, 'block')
    await start({ ROLE: 'worker' })
    await eventually(lines, (seen) => seen.length === 1, 120_000)
    await api.client.runs.cancel(thread_id, run_id)
    await eventually(status, (now) => now === 'interrupted')
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'ended', detail: null }])
  }, 240_000)

  test('that can not write waits until the reason is recorded, and gives its run back', async () => {
    const api = await start({ ROLE: 'api' })
    const { run_id, status } = await suspect(api, 'nothing')
    const full = `CREATE FUNCTION public.full_for_child() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('application_name') <> 'hadal suspect' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
      END $$;
      CREATE TRIGGER full_for_child BEFORE INSERT ON hadal.run_event FOR EACH ROW EXECUTE FUNCTION public.full_for_child();
      CREATE TRIGGER full_for_child BEFORE UPDATE ON hadal.run FOR EACH ROW EXECUTE FUNCTION public.full_for_child();`
    await rows(full, [])
    const worker = await start({ ROLE: 'worker' })
    await eventually(() => worker.log.some((line) => line.includes('"msg":"lease_lost"')), Boolean, 120_000)
    await rows('DROP FUNCTION public.full_for_child() CASCADE', [])
    await eventually(status, (now) => now === 'success', 60_000)
    const [first] = await attemptsOf(run_id)
    expect(first).toEqual({ reason: 'database', detail: 'The database was away for longer than a lease.' })
  }, 240_000)

  test('goes back to the queue when its worker drains, and is executed by the next', async () => {
    const api = await start({ ROLE: 'api' })
    const { run_id, lines, status } = await suspect(api, 'wait')
    const worker = await start({ ROLE: 'worker', DRAIN_SECONDS: '6' })
    await eventually(lines, (seen) => seen.length === 1, 120_000)
    expect(await worker.end('SIGTERM')).toBe(0)
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'returned', detail: null }])
    await start({ ROLE: 'worker' })
    await eventually(lines, (seen) => seen.length === 2, 120_000)
    expect(await status()).toBe('running')
  }, 300_000)

  test('ends as timed out when it takes longer than a run may, however blocked it is', async () => {
    const api = await start({ ROLE: 'api' })
    const { run_id, status } = await suspect(api, 'block')
    await start({ ROLE: 'worker', RUN_LIMIT_SECONDS: '5' })
    await eventually(status, (now) => now === 'timeout', 120_000)
    expect(await attemptsOf(run_id)).toEqual([{ reason: 'ended', detail: null }])
  }, 240_000)
})
