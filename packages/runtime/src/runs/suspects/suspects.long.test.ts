import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { effectsFiles } from '../../fixtures/effects-file.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { makeSuspect } from '../../fixtures/make-suspect.ts'
import { type ServerProcess, startServerProcess } from '../../fixtures/server-process.ts'

const database = createDatabase()
const effects = effectsFiles()
const started: ServerProcess[] = []

async function start(variables: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: database(), ...variables })
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

async function waitingRun({ client }: ServerProcess, how: string) {
  const { path, lines } = effects()
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'poison', { input: { file: path, how } })
  return { thread_id, run_id, lines }
}

const errorOf = ([row]: readonly Record<string, unknown>[]): { message: string } =>
  JSON.parse(JSON.stringify(row?.error))

const metricsPort = ({ log }: ServerProcess): number =>
  JSON.parse(log.find((line) => line.includes('"event":"ready"')) ?? '{}').metrics_port

test('a suspect becomes a dead letter with its attempts after three dead child processes, while other runs continue', async () => {
  const api = await start({ ROLE: 'api' })
  const poison = await waitingRun(api, 'exit')
  const innocent = await waitingRun(api, 'nothing')
  const waiting = await waitingRun(api, 'worker')
  for (const { run_id } of [poison, innocent]) await makeSuspect(database(), run_id)
  await makeSuspect(database(), waiting.run_id, 3)
  const worker = await start({ ROLE: 'worker' })
  const ordinary = await waitingRun(api, 'nothing')
  const statusOf = async ({ thread_id, run_id }: typeof poison) => (await api.client.runs.get(thread_id, run_id)).status
  await eventually(
    () => statusOf(ordinary),
    (status) => status === 'success',
  )
  await eventually(
    () => statusOf(innocent),
    (status) => status === 'success',
    180_000,
  )
  await eventually(
    () => statusOf(poison),
    (status) => status === 'error',
    180_000,
  )

  // The worker survived, and executed the runs that are not suspects itself.
  expect(worker.process.exitCode).toBeNull()
  const processes = (lines: readonly string[]) => lines.map((line) => Number(line.split(' ')[1]))
  expect(processes(ordinary.lines())).toEqual([worker.process.pid, worker.process.pid, worker.process.pid])
  // The innocent suspect finished its first step in a child process, and continued in the worker.
  const [first, ...others] = processes(innocent.lines())
  expect(first).not.toBe(worker.process.pid)
  expect(others).toEqual([worker.process.pid, worker.process.pid])
  // The poison had three child processes of its own, and its dead letter lists how each of them ended.
  expect(new Set(processes(poison.lines())).size).toBe(3)
  const thread = await api.client.threads.get(poison.thread_id)
  expect(thread).toMatchObject({ status: 'error', error: { error: 'RunKilledItsProcess' } })
  const { message } = await rows('SELECT error FROM hadal.run WHERE run_id = $1', [poison.run_id]).then(errorOf)
  expect(message.match(/The child process ended with exit code 3\./g)).toHaveLength(3)
  const dead = await rows("SELECT data->>'runId' AS run_id FROM pgboss.job WHERE name = 'run-dead'", [])
  expect(dead).toEqual([{ run_id: poison.run_id }])
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort(worker)}/metrics`)).text()
  expect(metrics).toContain('suspect_deaths_total 3')
  // A suspect whose workers died with it was not executed yet. The metrics name it, and it can be cancelled.
  expect(waiting.lines()).toEqual([])
  expect(metrics).toMatch(/^run_suspects 1$/m)
  expect(metrics).toContain(`run_suspect_worker_deaths{run_id="${waiting.run_id}"} 3`)
  const [wait] = await rows(
    'SELECT extract(epoch FROM suspect_until - created_at)::float8 AS seconds FROM hadal.run WHERE run_id = $1',
    [waiting.run_id],
  )
  expect(Math.round(Number(wait?.seconds) / 60)).toBe(4)
  await api.client.runs.cancel(waiting.thread_id, waiting.run_id)
  await eventually(
    () => statusOf(waiting),
    (status) => status === 'interrupted',
  )

  // Its thread is free.
  const input = { messages: [{ role: 'user', content: 'hi' }] }
  expect(await api.client.runs.wait(poison.thread_id, 'echo', { input })).toMatchObject({ messages: expect.anything() })
}, 420_000)
