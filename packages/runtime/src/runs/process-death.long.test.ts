import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { decodedLog } from '../fixtures/decoded-log.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { type ServerProcess, startServerProcess } from '../fixtures/server-process.ts'
import { clientOf } from '../fixtures/start-test-server.ts'
import { switchableAddress } from '../fixtures/switchable-address.ts'

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

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1))

/** Waits for the log line of the drain, after which runs stop at their next step. */
const draining = (server: ServerProcess): Promise<boolean> =>
  eventually(() => server.log.some((line) => line.includes('"event":"draining"')), Boolean)

/** Returns the number of occurrences of each line. */
const counted = (lines: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1
  return counts
}

async function eventsOf(runId: string): Promise<{ sequence: number; event: string; data: string }[]> {
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  const { rows } = await client.query<{ sequence: number; event: string; data: string }>(
    'SELECT sequence, event, data FROM hadal.run_event WHERE run_id = $1 ORDER BY sequence',
    [runId],
  )
  await client.end()
  return decodedLog(rows)
}

describe('kill -9 in the middle of a run', () => {
  test('that a client then cancels: the next process ends it as cancelled, and executes no step', async () => {
    const { path, lines, gate } = effects()
    const worker = await start()
    const api = await start({ ROLE: 'api' })
    const { thread_id } = await worker.client.threads.create()
    const { run_id } = await worker.client.runs.create(thread_id, 'steps', { input: { file: path, steps: 5, gate } })
    await eventually(lines, (seen) => seen.length === 3)
    await worker.end('SIGKILL')
    await api.client.runs.cancel(thread_id, run_id)
    await start()
    await api.client.runs.join(thread_id, run_id)
    expect((await api.client.runs.get(thread_id, run_id)).status).toBe('interrupted')
    expect(lines()).toEqual(numbers(3))
  })

  test('loses nothing: the next process finishes it, and no finished step runs again', async () => {
    const { path, lines, gate, open } = effects()
    const first = await start()
    const { thread_id } = await first.client.threads.create()
    const input = { file: path, steps: 6, gate }
    const { run_id } = await first.client.runs.create(thread_id, 'steps', { input, streamMode: ['updates', 'custom'] })
    await eventually(lines, (seen) => seen.length === 3)
    await first.end('SIGKILL')
    open()
    const second = await start()
    await eventually(
      () => second.client.runs.get(thread_id, run_id),
      (run) => run.status === 'success',
    )
    const { values } = await second.client.threads.getState<{ done: number[] }>(thread_id)
    expect(values.done).toEqual([1, 2, 3, 4, 5, 6])
    // The unfinished step is repeated; the steps before and after it ran once.
    expect(lines()).toEqual(['1', '2', '3', '3', '4', '5', '6'])
    const events = await eventsOf(run_id)
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1))
    const updates = events.filter(({ event }) => event === 'updates').map(({ data }) => JSON.parse(data).step.done[0])
    expect([...new Set(updates)]).toEqual([1, 2, 3, 4, 5, 6])
    // Its input was written once: the second process continued the run instead of starting again.
    const history = await second.client.threads.getHistory(thread_id, { limit: 100 })
    expect(history.filter(({ metadata }) => metadata?.source === 'input')).toHaveLength(1)
    expect((await second.client.threads.get(thread_id)).status).toBe('idle')
  })

  test('of a deep agent does not execute a finished tool a second time, and the agent still asks for approval', async () => {
    const { path, lines } = effects()
    const first = await start()
    const { thread_id } = await first.client.threads.create()
    const input = { messages: [{ role: 'user', content: `file: ${path}` }] }
    const { run_id } = await first.client.runs.create(thread_id, 'deep', { input })
    await eventually(lines, (seen) => seen.includes('subagent'))
    await first.end('SIGKILL')
    const second = await start()
    const run = await eventually(
      () => second.client.runs.get(thread_id, run_id),
      ({ status }) => status !== 'pending' && status !== 'running',
    )
    expect(run.status).toBe('interrupted')
    expect(counted(lines())).toMatchObject({ parent: 1 })
    expect(lines()).not.toContain('removed /important')
    const command = { resume: { decisions: [{ type: 'approve' }] } }
    const values = await second.client.runs.wait(thread_id, 'deep', { command })
    const history = await second.client.threads.getHistory(thread_id, { limit: 100 })
    const inputs = history.filter(({ metadata }) => metadata?.source === 'input' && metadata.run_id === run_id)
    expect(inputs).toHaveLength(1)
    expect(values).toMatchObject({
      messages: expect.arrayContaining([expect.objectContaining({ content: 'All is done now' })]),
    })
    expect(counted(lines())).toMatchObject({ parent: 1, 'removed /important': 1 })
  })
})

describe('SIGTERM with active runs', () => {
  test('ends the process in time with code 0; another process continues its runs, and no step runs twice', async () => {
    const first = await start()
    const runs = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { path, lines, gate, open } = effects()
        const { thread_id } = await first.client.threads.create()
        const input = { file: path, steps: 6, gate }
        const { run_id } = await first.client.runs.create(thread_id, 'steps', { input })
        return { thread_id, run_id, lines, open }
      }),
    )
    for (const { lines } of runs) await eventually(lines, (seen) => seen.length === 3)
    const ended = first.end('SIGTERM')
    await draining(first)
    for (const { open } of runs) open()
    expect(await ended).toBe(0)
    // They stopped at their next step.
    for (const { lines } of runs) expect(lines()).toEqual(numbers(3))
    const second = await start()
    for (const { thread_id, run_id, lines } of runs) {
      await eventually(
        () => second.client.runs.get(thread_id, run_id),
        (run) => run.status === 'success',
      )
      expect(lines()).toEqual(numbers(6))
    }
  })

  test('loses no event for a client that follows a run: its stream continues at another process', async () => {
    const { path, lines, gate, open } = effects()
    const first = await start()
    const service = await switchableAddress(first.url)
    try {
      const client = clientOf(service.url)
      const { thread_id } = await client.threads.create()
      const input = { file: path, steps: 6, gate }
      const following = collected(client.runs.stream(thread_id, 'steps', { input, streamMode: 'updates' }))
      await eventually(lines, (seen) => seen.length === 3)
      // As in a rolling deployment, the next process is ready before the first one ends.
      service.switchTo((await start()).url)
      const ended = first.end('SIGTERM')
      await draining(first)
      open()
      expect(await ended).toBe(0)
      const parts = await following
      const updates = parts.filter(({ event }) => event === 'updates').map(({ data }) => data)
      expect(parts.map(({ id }) => Number(id))).toEqual(parts.map((_, index) => index + 1))
      expect(updates).toEqual(numbers(6).map((number) => ({ step: { done: [Number(number)] } })))
      expect(lines()).toEqual(numbers(6))
      expect(parts.filter(({ event }) => event === 'metadata')).toHaveLength(2)
    } finally {
      await service.close()
    }
  })

  test('makes the server not ready at once, while it still answers requests', async () => {
    const server = await start({ DRAIN_SERVE_SECONDS: '2' })
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
    const ended = server.end('SIGTERM')
    const ready = await eventually(
      () => fetch(`${server.url}/ready`),
      (answer) => answer.status !== 200,
    )
    expect(ready.status).toBe(503)
    expect(await ready.json()).toEqual({ status: 'not ready' })
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    expect(await ended).toBe(0)
  })

  test('stops a step that takes longer than the drain, and the next process repeats it', async () => {
    const { path, lines } = effects()
    const first = await start({ DRAIN_SECONDS: '6' })
    const { thread_id } = await first.client.threads.create()
    const input = { file: path, steps: 1, pauseMs: 8_000 }
    const { run_id } = await first.client.runs.create(thread_id, 'steps', { input })
    await eventually(lines, (seen) => seen.length === 1)
    expect(await first.end('SIGTERM')).toBe(0)
    const second = await start()
    await eventually(
      () => second.client.runs.get(thread_id, run_id),
      (run) => run.status === 'success',
    )
    expect(lines()).toEqual(['1', '1'])
  })
})
