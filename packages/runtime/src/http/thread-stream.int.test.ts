import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { isDone, readThread, type ThreadPart, type ThreadReading } from '../fixtures/read-thread.ts'
import { startTestServer, useTestServer } from '../fixtures/start-test-server.ts'
import { switchableAddress } from '../fixtures/switchable-address.ts'
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

const readings: ThreadReading[] = []
afterEach(async () => {
  for (const reading of readings.splice(0)) await reading.close()
})
const read = async (threadId: string, options?: Parameters<typeof readThread>[2]): Promise<ThreadReading> => {
  const reading = await readThread(server().url, threadId, options)
  readings.push(reading)
  return reading
}

/** Reads a thread from its beginning, or from an event on, until a number of runs are done. */
async function readRuns(threadId: string, runs: number, lastEventId = '-'): Promise<ThreadPart[]> {
  const reading = await read(threadId, { lastEventId })
  return [...(await reading.until((parts) => parts.filter(isDone).length >= runs))]
}

const say = (content: string) => ({ messages: [{ role: 'user', content }] })
const newThread = async (): Promise<string> => (await server().client.threads.create()).thread_id
const withoutIds = (parts: readonly ThreadPart[]) => parts.map(({ event, data }) => ({ event, data }))
const done = (runId: string) => ({ event: 'metadata', data: { status: 'run_done', run_id: runId } })

/** Executes a run on a thread. @returns its id and the events of its own stream */
async function executed(threadId: string, content: string) {
  const { client } = server()
  const { run_id } = await client.runs.create(threadId, 'echo', {
    input: say(content),
    streamMode: ['values', 'updates'],
  })
  return { runId: run_id, events: withoutIds(await collected(client.runs.joinStream(threadId, run_id))) }
}

/** Whether the server has begun to send the stream: only events after that are new for the client. */
const begun = async (threadId: string, query = '', headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server().url}/threads/${threadId}/stream${query}`, { headers })

describe('the stream of a thread', () => {
  test('has the events of all its runs, one after another, each with its end', async () => {
    const thread = await newThread()
    const runs = [await executed(thread, 'one'), await executed(thread, 'two'), await executed(thread, 'three')]
    const parts = await readRuns(thread, 3)
    expect(withoutIds(parts)).toEqual(runs.flatMap(({ runId, events }) => [...events, done(runId)]))
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
  })

  test('can be resumed after any of its events, without gap or duplicate', async () => {
    const thread = await newThread()
    for (const content of ['one', 'two']) await executed(thread, content)
    const whole = await readRuns(thread, 2)
    for (const [at, { id }] of whole.slice(0, -1).entries()) {
      const left = whole.slice(at + 1)
      expect(await readRuns(thread, left.filter(isDone).length, id)).toEqual(left)
    }
  })

  test('has the runs in the order in which they were executed, not in that of their creation', async () => {
    const thread = await newThread()
    const { client } = server()
    const later = await client.runs.create(thread, 'echo', { input: say('later'), afterSeconds: 3 })
    const now = await client.runs.create(thread, 'echo', { input: say('now'), multitaskStrategy: 'enqueue' })
    await client.runs.join(thread, later.run_id)
    const parts = await readRuns(thread, 2)
    expect(withoutIds(parts.filter(isDone))).toEqual([done(now.run_id), done(later.run_id)])
  })

  test('does not end while nothing happens, and goes on with the next run', async () => {
    const thread = await newThread()
    const first = await executed(thread, 'one')
    const reading = await read(thread, { lastEventId: '-' })
    await reading.until((parts) => parts.some(isDone))
    const second = await executed(thread, 'two')
    const parts = await reading.until((all) => all.filter(isDone).length === 2)
    expect(withoutIds(parts)).toEqual([...first.events, done(first.runId), ...second.events, done(second.runId)])
    expect(reading.isOver).toBe(false)
  })

  test('begins with what happens after the request if no event is named, also in the middle of a run', async () => {
    const { path, lines, gate, open } = effects()
    const { client } = server()
    const thread = await newThread()
    await executed(thread, 'before')
    const input = { file: path, steps: 3, gate }
    const { run_id } = await client.runs.create(thread, 'steps', { input, streamMode: 'custom' })
    await eventually(lines, (seen) => seen.length === 3)
    await eventually(
      async () =>
        (
          await pool.query("SELECT max(sequence) AS last FROM hadal.run_event WHERE run_id = $1 AND event <> '$mark'", [
            run_id,
          ])
        ).rows[0].last,
      (last) => last === 4,
    )
    const answer = await begun(thread)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    open()
    const text = await untilText(answer, 'run_done')
    expect(text).toMatch(/^id: \d+-4\n\nid: \d+-end\nevent: metadata\ndata: \{"status":"run_done"/)
  })

  test('says up to which event the events of a run were removed, and goes on with its last values', async () => {
    const thread = await newThread()
    const first = await executed(thread, 'one')
    const [begin] = await readRuns(thread, 1)
    await pool.query("UPDATE hadal.run SET ended_at = ended_at - interval '2 hours' WHERE thread_id = $1", [thread])
    expect((await removeEvents(pool, { minutes: 60, runs: 100 })).runs).toBe(1)
    const number = begin?.id?.split('-')[0]
    const values = await server().client.runs.join(thread, first.runId)
    const last = `${number}-${first.events.length}`
    const left = [
      { id: last, event: 'truncated', data: { run_id: first.runId, up_to: last } },
      { id: `${number}-${first.events.length + 1}`, event: 'values', data: values },
      { id: `${number}-end`, ...done(first.runId) },
    ]
    expect(await readRuns(thread, 1)).toEqual(left)
    expect(await readRuns(thread, 1, begin?.id)).toEqual(left)
    expect(await readRuns(thread, 1, left[0]?.id)).toEqual(left.slice(1))
    // Starts and ends only: the start was removed.
    const lifecycle = await read(thread, { lastEventId: '-', streamMode: 'lifecycle' })
    expect(await lifecycle.until((parts) => parts.some(isDone))).toEqual(left.slice(2))
  })
})

describe('a client of a thread', () => {
  test('that has a part of a run gets an error if the run was deleted, and then the next runs', async () => {
    const thread = await newThread()
    const first = await executed(thread, 'one')
    const [begin] = await readRuns(thread, 1)
    await server().client.runs.delete(thread, first.runId)
    const second = await executed(thread, 'two')
    const [error, ...others] = await readRuns(thread, 1, begin?.id)
    expect(error).toMatchObject({
      id: begin?.id?.replace(/\d+$/, 'end'),
      event: 'error',
      data: { error: 'RunDeleted' },
    })
    expect(withoutIds(others)).toEqual([...second.events, done(second.runId)])
    expect(withoutIds(await readRuns(thread, 1))).toEqual(withoutIds(others))
  })

  test('that follows a run gets an error when it is rolled back; the next run gets a number of its own', async () => {
    const { path, lines, gate } = effects()
    const { client } = server()
    const thread = await newThread()
    const reading = await read(thread, { lastEventId: '-' })
    const { run_id } = await client.runs.create(thread, 'steps', { input: { file: path, steps: 3, gate } })
    await eventually(lines, (seen) => seen.length === 3)
    await reading.until((parts) => parts.length > 0)
    await client.runs.cancel(thread, run_id, true, 'rollback')
    const next = await executed(thread, 'next')
    const parts = await reading.until((all) => all.filter(isDone).length === 2)
    const error = parts.findIndex(({ event }) => event === 'error')
    expect(parts[error]?.data).toMatchObject({ error: 'RunRolledBack' })
    expect(withoutIds(parts.slice(error + 1))).toEqual([done(run_id), ...next.events, done(next.runId)])
    const numbers = new Set(parts.map(({ id }) => id?.split('-')[0]))
    expect(numbers.size).toBe(2)
  })

  test('gets an error and the end of the stream when the thread is deleted', async () => {
    const { client } = server()
    const thread = await newThread()
    const reading = await read(thread, { lastEventId: '-' })
    await executed(thread, 'one')
    await reading.until((parts) => parts.some(isDone))
    await client.threads.delete(thread)
    const parts = await reading.until(() => reading.isOver)
    expect(parts.at(-1)).toMatchObject({ event: 'error', data: { error: 'ThreadDeleted' } })
  })

  test('receives only starts and ends of runs, or only the states that clients write, or both, as it requests', async () => {
    const { client } = server()
    const thread = await newThread()
    const first = await executed(thread, 'one')
    await client.threads.updateState(thread, { values: say('written'), asNode: 'echo' })
    const second = await executed(thread, 'two')
    const start = (run_id: string) => ({ event: 'metadata', data: { run_id, attempt: 1 } })
    const lifecycle = [start(first.runId), done(first.runId), start(second.runId), done(second.runId)]
    const update = {
      event: 'state_update',
      data: { thread_id: thread, state: expect.objectContaining({ values: { messages: expect.any(Array) } }) },
    }
    const both = [...lifecycle.slice(0, 2), update, ...lifecycle.slice(2)]
    for (const [streamMode, wanted] of [
      ['lifecycle', lifecycle],
      ['state_update', [update]],
      [['lifecycle', 'state_update'], both],
      ['run_modes', [...first.events, done(first.runId), ...second.events, done(second.runId)]],
    ] as const) {
      const reading = await read(thread, { lastEventId: '-', streamMode: [...[streamMode].flat()] })
      expect(withoutIds(await reading.until((parts) => parts.length >= wanted.length))).toEqual(wanted)
    }
    const state = await client.threads.getHistory(thread, { limit: 10 })
    const written = state.find(({ metadata }) => metadata?.source === 'update')
    const reading = await read(thread, { lastEventId: '-', streamMode: 'state_update' })
    const [part] = await reading.until((parts) => parts.length === 1)
    expect(part?.data).toMatchObject({ state: { checkpoint: written?.checkpoint, values: written?.values } })
    await client.threads.updateState(thread, { values: say('again'), asNode: 'echo' })
    await reading.until((parts) => parts.length === 2)
  })

  test('names modes once, several times, with commas, or as JSON, by both names of the parameter', async () => {
    const thread = await newThread()
    await executed(thread, 'one')
    for (const query of [
      'stream_modes=lifecycle',
      'stream_mode=lifecycle',
      'stream_modes=lifecycle&stream_modes=state_update',
      'stream_modes=lifecycle,state_update',
      `stream_modes=${encodeURIComponent('["lifecycle","state_update"]')}`,
      'stream_mode=state_update&stream_modes=lifecycle',
    ]) {
      const answer = await begun(thread, `?${query}`, { 'Last-Event-ID': '-' })
      expect(answer.headers.get('location')).toBe(`/threads/${thread}/stream?${query}`)
      const text = await untilText(answer, 'run_done')
      expect(
        [...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name),
        query,
      ).toEqual(['metadata', 'metadata'])
    }
    for (const query of ['', 'stream_modes=', 'stream_mode=[]']) {
      const text = await untilText(await begun(thread, `?${query}`, { 'Last-Event-ID': '-' }), 'run_done')
      expect(text, query).toContain('event: values\n')
    }
  })

  test('is refused with a sentence for an unknown thread, an unknown mode, and an id that no event has', async () => {
    const thread = await newThread()
    const refusal = async (...given: Parameters<typeof begun>): Promise<{ status: number; detail: string }> => {
      const answer = await begun(...given)
      const { detail } = (await answer.json()) as { detail: string }
      return { status: answer.status, detail }
    }
    const unknown = crypto.randomUUID()
    expect(await refusal(unknown)).toEqual({ status: 404, detail: expect.stringContaining(`no thread ${unknown}`) })
    expect(await refusal(thread, '?stream_modes=values')).toEqual({
      status: 422,
      detail: expect.stringContaining('stream_modes'),
    })
    expect(await refusal(thread, `?stream_modes=${encodeURIComponent('["lifecycle"')}`)).toMatchObject({ status: 422 })
    for (const id of ['12', 'abc', '99999999999-1', '1-2-3']) {
      const { status, detail } = await refusal(thread, '', { 'Last-Event-ID': id })
      expect([status, detail]).toEqual([422, expect.stringContaining(`"${id}"`)])
    }
  })
})

describe('after the end of its server, a client of a thread', () => {
  test('goes on at another replica without gap or duplicate, even if it had received no event yet', async () => {
    const first = await startTestServer(database(), { ROLE: 'api' })
    const address = await switchableAddress(first.url)
    const thread = await newThread()
    const whole = await readThread(address.url, thread, { lastEventId: '-' })
    await executed(thread, 'one')
    await whole.until((parts) => parts.some(isDone))
    const idle = await readThread(address.url, thread)
    const second = await startTestServer(database(), { ROLE: 'api' })
    address.switchTo(second.url)
    await first.drain()
    const { runId, events } = await executed(thread, 'two')
    await whole.until((parts) => parts.filter(isDone).length === 2)
    expect(whole.parts).toEqual(await readRuns(thread, 2))
    expect(withoutIds(await idle.until((parts) => parts.some(isDone)))).toEqual([...events, done(runId)])
    await Promise.all([whole.close(), idle.close()])
    await address.close()
    await second.drain()
  })
})

/** Reads a response until it contains a text, and then closes the connection. */
async function untilText(answer: Response, wanted: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes(wanted)) break
  }
  return text
}
