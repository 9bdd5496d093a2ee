import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { startServerProcess } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { switchableAddress } from '../fixtures/switchable-address.ts'
import { notifyPayload, notifyQuery } from '../store/notifications.ts'

const agents = join(import.meta.dirname, '../fixtures/ending-agents/langgraph.json')
const database = createDatabase()
let folder: string
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hadal-'))
  server = await startTestServer(database(), { AGENTS_CONFIG: agents, ROLE: 'all' })
})
afterAll(async () => {
  await server?.drain()
  await rm(folder, { recursive: true })
})

const summary = { of: 'kept' }
const asked = { messages: [{ role: 'user', content: 'How is the weather?' }] }

describe('values of untracked channels', () => {
  test('are in the response to a client that waits or joins, as in the last values event', async () => {
    const { client } = server
    for (const { graph, input, expected } of [
      { graph: 'structured', input: asked, expected: { structuredResponse: { city: 'Busan', sunny: true } } },
      { graph: 'untracked', input: {}, expected: { kept: 'kept', summary } },
    ]) {
      const { thread_id } = await client.threads.create()
      const parts = await collected(client.runs.stream(thread_id, graph, { input, streamMode: ['updates', 'values'] }))
      const last = parts.findLast(({ event }) => event === 'values')?.data
      expect(last).toMatchObject(expected)
      const [run] = await client.runs.list(thread_id)
      expect(await client.runs.join(thread_id, run?.run_id ?? '')).toEqual(last)
      expect(parts.map(({ event }) => event).filter((event) => event.startsWith('$'))).toEqual([])

      const { values } = await client.threads.getState<Record<string, unknown>>(thread_id)
      for (const key of Object.keys(expected).filter((name) => name !== 'kept')) expect(values).not.toHaveProperty(key)

      for (const streamMode of ['custom', 'updates', 'events', 'values'] as const) {
        const waited = await client.runs.wait(null, graph, { input, ...{ stream_mode: streamMode } })
        expect(waited).toMatchObject(expected)
      }
    }
  })

  test('are those of the joined run, even if later runs of the thread wrote others', async () => {
    const { client } = server
    const { thread_id } = await client.threads.create()
    const gate = join(folder, 'later')
    const first = await client.runs.create(thread_id, 'untracked', { input: { asks: true } })
    const waiting = await client.runs.join(thread_id, first.run_id)
    expect(waiting).toMatchObject({ kept: 'kept', __interrupt__: [{ value: { question: 'Go on?' } }] })
    const second = await client.runs.create(thread_id, 'untracked', { command: { resume: 'yes' } })
    expect(await client.runs.join(thread_id, second.run_id)).toEqual({ asks: true, kept: 'kept', summary })
    const third = await client.runs.create(thread_id, 'untracked', { input: { asks: false, gate } })
    expect(await client.runs.join(thread_id, first.run_id)).toEqual(waiting)
    writeFileSync(gate, '')
    expect(await client.runs.join(thread_id, third.run_id)).toMatchObject({ asks: false, summary })
    expect(await client.runs.join(thread_id, second.run_id)).toEqual({ asks: true, kept: 'kept', summary })
  })

  test('are in the response for a cancelled run, as in its last values event', async () => {
    const { client } = server
    const { thread_id } = await client.threads.create()
    const input = { lastGate: join(folder, 'never') }
    const { run_id } = await client.runs.create(thread_id, 'untracked', { input })
    const streaming = collected(client.runs.joinStream(thread_id, run_id, { streamMode: 'values' }))
    const joining = client.runs.join(thread_id, run_id)
    await eventually(
      () => client.threads.getState(thread_id),
      ({ next }) => next.includes('rest'),
    )
    await client.runs.cancel(thread_id, run_id, true)
    const answer = { ...input, kept: 'kept', summary }
    expect(await joining).toEqual(answer)
    expect((await streaming).findLast(({ event }) => event === 'values')?.data).toEqual(answer)
    expect(await client.runs.join(thread_id, run_id)).toEqual(answer)
  })

  test('a stream of events has no chunks of modes that the client did not request', async () => {
    const { client } = server
    const parts = await collected(
      client.runs.stream(null, 'untracked', { input: {}, streamMode: ['events', 'custom'] }),
    )
    expect(new Set(parts.map(({ event }) => event))).toEqual(new Set(['metadata', 'events']))
    expect(JSON.stringify(parts)).not.toMatch(/"chunk":\["(?:values|updates)"/)
  })
})

describe('for any value that a node throws', () => {
  test.each([
    ['no prototype', 'Error', 'A value that is not an Error was thrown: [Object: null prototype]'],
    ['object', 'Error', 'A value that is not an Error was thrown: { code: 1'],
    ['undefined', 'Error', 'A value that is not an Error was thrown: undefined'],
    ['null', 'Error', 'A value that is not an Error was thrown: null'],
    ['string', 'Error', "A value that is not an Error was thrown: 'out of tea'"],
    ['symbol', 'Error', 'A value that is not an Error was thrown: Symbol(tea)'],
    ['frozen', 'RangeError', 'too far'],
    ['throwing getter', 'Error', 'no message'],
    ['unreadable', 'Error', ''],
    ['cyclic', 'Error', 'it goes round'],
    ['huge', 'Error', 'xxxx'],
    ['nested', 'Error', "{ reason: 'tea' }"],
  ])('(%s) the stream ends with an error that says what it was', async (what, name, sentence) => {
    const { client } = server
    const { thread_id } = await client.threads.create()
    const parts = await collected(client.runs.stream(thread_id, 'thrower', { input: { what } }))
    const last = parts.at(-1)
    expect(last?.event).toBe('error')
    expect(last?.data).toEqual({ error: name, message: expect.stringContaining(sentence) })
    expect(JSON.stringify(last).length).toBeLessThan(5_000)
    const [run] = await client.runs.list(thread_id)
    expect(run?.status).toBe('error')
    expect(await client.runs.join(thread_id, run?.run_id ?? '')).toEqual({ __error__: last?.data })
    expect((await client.threads.get(thread_id)).status).toBe('error')
  })
})

test('a run that the server cannot start ends with an error event', async () => {
  const { client } = server
  const observer = new pg.Client({ connectionString: database() })
  await observer.connect()
  try {
    await observer.query(`
      CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.request := '{}'; RETURN NEW; END $$;
      CREATE TRIGGER spoil BEFORE INSERT ON hadal.run FOR EACH ROW EXECUTE FUNCTION spoil();`)
    const { thread_id } = await client.threads.create()
    const parts = await collected(client.runs.stream(thread_id, 'untracked', { input: {} }))
    const told = { error: 'Error', message: expect.stringContaining('The stored request of run') }
    expect(parts.at(-1)).toMatchObject({ event: 'error', data: told })
    expect((await client.threads.get(thread_id)).status).toBe('error')
  } finally {
    await observer.query('DROP TRIGGER spoil ON hadal.run')
    await observer.end()
  }
})

describe('a tool that fails', () => {
  type Said = { messages: { type: string; content: string }[]; __error__?: object; __interrupt__?: unknown[] }
  const ask = async (graph: string, content: string): Promise<{ values: Said; said: string | undefined }> => {
    const { thread_id } = await server.client.threads.create()
    const input = { messages: [{ role: 'user', content }] }
    const { run_id } = await server.client.runs.create(thread_id, graph, { input })
    const values = (await server.client.runs.join(thread_id, run_id)) as unknown as Said
    return { values, said: values.messages?.at(-1)?.content }
  }

  test('reports its error to the model, and the run continues, also in a subagent', async () => {
    expect((await ask('clumsy', 'error')).said).toBe('error: The tool "fail" failed: The shop is closed.')
    expect((await ask('clumsy', 'delegate error')).said).toContain('The tool "fail" failed: The shop is closed.')
    expect((await ask('clumsy', 'object')).said).toMatch(/^error: The tool "fail" failed: /)
  })

  test('ends the run with its error if the author of the agent chose so, but not because of invalid arguments', async () => {
    const { values } = await ask('strict', 'error')
    expect(values).toEqual({ __error__: { error: 'RangeError', message: 'The shop is closed.' } })
    expect((await ask('strict', 'schema')).said).toContain('its arguments do not match its schema')
  })

  test('reports invalid arguments in a sentence, without paths of the server and without a stack', async () => {
    const { values, said } = await ask('clumsy', 'schema')
    expect(said).toMatch(/^error: The tool was not called: its arguments do not match its schema\.\n.*expected string/)
    expect(JSON.stringify(values)).not.toMatch(/node_modules|\.js:\d|\.ts:\d|kwargs \{/)
  })

  test('does not prevent an interrupt or a limit from ending the run', async () => {
    const asked = await ask('clumsy', 'ask')
    expect(asked.values.__interrupt__).toMatchObject([{ value: { question: 'Open the shop?' } }])
    expect((await ask('clumsy', 'limit')).values).toMatchObject({ __error__: { error: 'GraphRecursionError' } })
    expect((await ask('clumsy', 'delegate limit')).values).toMatchObject({
      __error__: { error: 'GraphRecursionError' },
    })
  })
})

describe('a run that is deleted or rolled back while clients follow it', () => {
  /** An active run that waits at its gate, with a client that streams it and a client that joins it. */
  const followed = async () => {
    const { client } = server
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'untracked', { input: { gate: join(folder, 'never') } })
    const streaming = collected(client.runs.joinStream(thread_id, run_id))
    const joining = client.runs.join(thread_id, run_id)
    const kept = (values: unknown) => JSON.stringify(values).includes('kept')
    await eventually(
      () => client.threads.getState(thread_id),
      ({ values }) => kept(values),
    )
    return { thread_id, run_id, streaming, joining }
  }

  test.each([
    [
      'rolled back',
      'RunRolledBack',
      (thread: string, run: string) => server.client.runs.cancel(thread, run, true, 'rollback'),
    ],
    [
      'rolled back by the next run',
      'RunRolledBack',
      (thread: string) => server.client.runs.wait(thread, 'untracked', { input: {}, multitaskStrategy: 'rollback' }),
    ],
    ['deleted with its thread', 'ThreadDeleted', (thread: string) => server.client.threads.delete(thread)],
  ] as const)('because it is %s ends their streams with an error that says so', async (_how, name, take) => {
    const { thread_id, run_id, streaming, joining } = await followed()
    await take(thread_id, run_id)
    const told = { error: name, message: expect.stringContaining(run_id) }
    expect((await streaming).at(-1)).toMatchObject({ event: 'error', data: told })
    expect(await joining).toEqual({ __error__: told })
    await expect(server.client.runs.join(thread_id, run_id)).rejects.toThrow(/404/)
  })

  test('makes the waiting call of the client that started it fail with that error', async () => {
    const { client } = server
    const { thread_id } = await client.threads.create()
    const waiting = client.runs.wait(thread_id, 'untracked', { input: { gate: join(folder, 'never') } })
    const outcome = expect(waiting).rejects.toThrow(/^ThreadDeleted: Thread .* was deleted, and run .* with it\.$/)
    await eventually(
      () => client.runs.list(thread_id),
      ([run]) => run?.status === 'running',
    )
    await client.threads.delete(thread_id)
    await outcome
  })

  test('can be read if it is over, and is answered with 404 after it was deleted', async () => {
    const { client } = server
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'untracked', { input: {} })
    const [run] = await client.runs.list(thread_id)
    const run_id = run?.run_id ?? ''
    await client.runs.delete(thread_id, run_id)
    await expect(collected(client.runs.joinStream(thread_id, run_id))).rejects.toThrow(/404/)
    expect((await client.threads.getState(thread_id)).values).toEqual({ kept: 'kept' })
  })
})

test('a stream and a wait survive a database outage that the run survives', async () => {
  const { port } = new URL(database())
  const address = await switchableAddress(`http://127.0.0.1:${port}`)
  const throughProxy = new URL(database())
  throughProxy.port = new URL(address.url).port
  const api = await startTestServer(throughProxy.href, { AGENTS_CONFIG: agents, ROLE: 'api' })
  const observer = new pg.Client({ connectionString: database() })
  await observer.connect()
  try {
    const gate = join(folder, 'outage')
    const { thread_id } = await api.client.threads.create()
    const input = { gate }
    const { run_id } = await api.client.runs.create(thread_id, 'untracked', { input, streamMode: ['updates'] })
    // A request that begins in the outage gets 503. The first event, and the headers, come when the server has read the run.
    const events = api.client.runs.joinStream(thread_id, run_id)
    const first = await events.next()
    const streaming = collected(events)
    const joined = await fetch(`http://127.0.0.1:${api.port}/threads/${thread_id}/runs/${run_id}/join`)
    await eventually(
      () => api.client.threads.getState(thread_id),
      ({ values }) => JSON.stringify(values).includes('kept'),
    )
    address.switchTo('http://127.0.0.1:1')
    // A connection that was being opened may get its name, and with it its end, late.
    const waits = async () => {
      await observer.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'hadal api%'",
      )
      return api.logged.filter(({ event }) => event === 'follower_waits_for_database')
    }
    await eventually(waits, (lines) => lines.length >= 4)
    writeFileSync(gate, '')
    await eventually(
      () => observer.query<{ status: string }>('SELECT status FROM hadal.run WHERE run_id = $1', [run_id]),
      ({ rows }) => rows[0]?.status === 'success',
    )
    address.switchTo(`http://127.0.0.1:${port}`)
    expect(await joined.json()).toMatchObject({ kept: 'kept', summary })
    const parts = [first.value, ...(await streaming)]
    expect(parts.map(({ event }) => event)).toEqual(['metadata', 'updates', 'updates'])
    expect(parts.flatMap(({ data }) => Object.keys(data ?? {}))).toEqual(['run_id', 'attempt', 'keep', 'sum'])
  } finally {
    await api.drain()
    await observer.end()
    await address.close()
  }
})

test('a client that stops waiting while the database does not answer leaves the server alive', async () => {
  const process = await startServerProcess({ DATABASE_URL: database(), AGENTS_CONFIG: agents, ROLE: 'api' })
  const [locking, telling] = [new pg.Client(database()), new pg.Client(database())]
  await Promise.all([locking.connect(), telling.connect()])
  try {
    const { thread_id } = await process.client.threads.create()
    // The worker of another server must not end the run.
    const later = { input: {}, afterSeconds: 3_600 }
    const { run_id } = await process.client.runs.create(thread_id, 'untracked', later)
    const joined = (signal?: AbortSignal) =>
      fetch(`${process.url}/threads/${thread_id}/runs/${run_id}/join`, { signal: signal ?? null })
    const leaving = new AbortController()
    const left = (await joined(leaving.signal)).text()
    const staying = (await joined()).body?.getReader()
    await locking.query('BEGIN')
    await locking.query('LOCK TABLE hadal.run IN ACCESS EXCLUSIVE MODE')
    await telling.query(notifyQuery, [[notifyPayload({ kind: 'ended', runId: run_id })]])
    await eventually(
      async () => (await telling.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).rows,
      ({ length }) => length >= 2,
    )
    leaving.abort()
    await expect(left).rejects.toThrow('aborted')
    // After two line feeds for the remaining client, the timer of the disconnected client would have fired as well.
    for (const _ of [1, 2]) expect(new TextDecoder().decode((await staying?.read())?.value)).toBe('\n')
    expect(process.process.exitCode).toBe(null)
    await locking.query('ROLLBACK')
    await process.client.threads.delete(thread_id)
  } finally {
    await Promise.all([locking.end(), telling.end()])
    await process.end('SIGTERM')
  }
})

describe('a run whose process died while it wrote the end of the run', () => {
  // The statement in which each process waits for a lock of the test when it is killed.
  const blocks = `
    CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(hashtext(TG_ARGV[0]));
      RETURN NEW;
    END $$;
    CREATE TRIGGER hang BEFORE INSERT ON public.checkpoints FOR EACH ROW
      WHEN (NEW.metadata->>'step' = '2') EXECUTE FUNCTION hang('checkpoint');
    CREATE TRIGGER hang BEFORE UPDATE ON hadal.run FOR EACH ROW
      WHEN (NEW.status = 'success') EXECUTE FUNCTION hang('end');`

  test('is answered with its last values event, although the next process does not have these values', async () => {
    const holder = new pg.Client({ connectionString: database() })
    await holder.connect()
    // A run of an earlier test would hang in its end as well.
    await eventually(
      () => holder.query("SELECT 1 FROM hadal.run WHERE status IN ('pending', 'running')"),
      ({ rowCount }) => rowCount === 0,
    )
    await server.drain()
    const hanging = (query: string) => async () =>
      Number(
        (
          await holder.query<{ count: string }>(
            `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory' AND query LIKE $1`,
            [query],
          )
        ).rows[0]?.count,
      )
    try {
      await holder.query(blocks)
      await holder.query("SELECT pg_advisory_lock(hashtext('end'))")
      const dying = await startServerProcess({ DATABASE_URL: database(), AGENTS_CONFIG: agents, ROLE: 'all' })
      const { client } = dying
      const runs = []
      const { thread_id } = await client.threads.create()
      runs.push(await client.runs.create(thread_id, 'untracked', { input: {}, streamMode: 'custom' }))
      await eventually(hanging('%end_run_v2%'), (count) => count === 1)
      await holder.query("SELECT pg_advisory_lock(hashtext('checkpoint'))")
      const other = await client.threads.create()
      runs.push(await client.runs.create(other.thread_id, 'untracked', { input: {}, streamMode: 'values' }))
      await eventually(hanging('%save_v2%'), (count) => count === 1)
      await dying.end('SIGKILL')
      await holder.query('SELECT pg_advisory_unlock_all()')

      server = await startTestServer(database(), { AGENTS_CONFIG: agents, ROLE: 'all' })
      for (const run of runs) {
        expect(await server.client.runs.join(run.thread_id, run.run_id)).toEqual({ kept: 'kept', summary })
        const state = await server.client.threads.getState(run.thread_id)
        expect(state.values).toEqual({ kept: 'kept' })
      }
      const [, second] = runs
      const parts = await collected(server.client.runs.joinStream(second?.thread_id ?? '', second?.run_id ?? ''))
      expect(parts.findLast(({ event }) => event === 'values')?.data).toEqual({ kept: 'kept', summary })
    } finally {
      await holder.end()
    }
  })
})
