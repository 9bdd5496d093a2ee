import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { removeEvents } from '../store/queries/remove-events.ts'

const database = createDatabase()
const server = useTestServer(database)
const effects = effectsFiles()

let pool: pg.Pool
beforeAll(async () => {
  pool = new pg.Pool({ connectionString: database() })
  // The age of events counts from the migration at the earliest.
  await pool.query("UPDATE hadal.migration SET applied_at = applied_at - interval '1 year'")
})
afterAll(() => pool.end())

const age = (threadId: string): Promise<unknown> =>
  pool.query("UPDATE hadal.run SET ended_at = ended_at - interval '2 hours' WHERE thread_id = $1", [threadId])

const remove = (): Promise<{ runs: number; rows: number }> => removeEvents(pool, { minutes: 60, runs: 100 })

const rowsOf = async (runId: string): Promise<string[]> => {
  const text = 'SELECT event FROM hadal.run_event WHERE run_id = $1 ORDER BY sequence'
  return (await pool.query<{ event: string }>(text, [runId])).rows.map(({ event }) => event)
}

interface Received {
  readonly id?: string
  readonly event: string
  readonly data: unknown
}

type Mode = 'values' | 'updates' | 'messages' | 'messages-tuple'

/** Executes a run on a new thread, and returns its events. */
async function streamed(graph: string, input: Record<string, unknown>, streamMode: Mode[] = ['values', 'messages']) {
  const { client } = server()
  const { thread_id } = await client.threads.create()
  const events: Received[] = await collected(client.runs.stream(thread_id, graph, { input, streamMode }))
  const [run] = await client.runs.list(thread_id)
  return { threadId: thread_id, runId: run?.run_id ?? '', events }
}

const joined = (
  run: { threadId: string; runId: string },
  lastEventId: string,
  streamMode?: Mode[],
): Promise<Received[]> =>
  collected(
    server().client.runs.joinStream(run.threadId, run.runId, { lastEventId, ...(streamMode && { streamMode }) }),
  )

const say = (content: string) => ({ messages: [{ role: 'user', content }] })

describe('a client that reads a run whose events were removed', () => {
  test('gets up to which number they were removed, and then the last values with their own number', async () => {
    const run = await streamed('echo', say('hello'))
    const [newest] = run.events.slice(-1)
    const before = await server().client.runs.join(run.threadId, run.runId)
    await age(run.threadId)
    expect((await remove()).runs).toBe(1)
    expect(await rowsOf(run.runId)).toEqual(['$output'])
    const events = await joined(run, '-1')
    expect(events).toEqual([
      { id: newest?.id, event: 'truncated', data: { up_to: Number(newest?.id) } },
      { id: String(Number(newest?.id) + 1), event: 'values', data: before },
    ])
    // In the middle, at the end, and with other modes.
    expect(await joined(run, '2', ['messages-tuple'])).toEqual(events)
    expect(await joined(run, newest?.id ?? '')).toEqual(events.slice(1))
    expect(await joined(run, events[1]?.id ?? '')).toEqual([])
    expect(await server().client.runs.join(run.threadId, run.runId)).toEqual(before)
    expect(await remove()).toEqual({ runs: 0, rows: 0 })
  })

  test('gets the error of a failed run with its own number', async () => {
    const { path } = effects()
    const run = await streamed('steps', { file: path, steps: 2, failAt: 2 }, ['updates'])
    const [error] = run.events.slice(-1)
    expect(error?.event).toBe('error')
    await age(run.threadId)
    await remove()
    expect(await joined(run, '-1')).toEqual([
      { id: String(Number(error?.id) - 1), event: 'truncated', data: { up_to: Number(error?.id) - 1 } },
      error,
    ])
  })
})

describe('events stay', () => {
  test('while the thread waits for an answer, however old they are', async () => {
    const run = await streamed('questions', { questions: ['Go on?'] })
    expect((await server().client.threads.get(run.threadId)).status).toBe('interrupted')
    await age(run.threadId)
    expect((await remove()).runs).toBe(0)
    expect(await joined(run, '-1')).toEqual(run.events)
  })

  test('until their time is over since the last run of the thread', async () => {
    const first = await streamed('echo', say('one'))
    await age(first.threadId)
    await server().client.runs.wait(first.threadId, 'echo', { input: say('two') })
    expect((await remove()).runs).toBe(0)
    expect(await joined(first, '-1')).toEqual(first.events)
    await age(first.threadId)
    expect((await remove()).runs).toBe(2)
  })

  test('while a run is active', async () => {
    const { path, lines, gate, open } = effects()
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'steps', { input: { file: path, steps: 3, gate } })
    await eventually(lines, (seen) => seen.length === 3)
    await age(thread_id)
    expect((await remove()).runs).toBe(0)
    open()
    await client.runs.join(thread_id, run_id)
  })
})
