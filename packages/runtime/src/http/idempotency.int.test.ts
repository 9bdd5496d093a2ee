import { randomUUID } from 'node:crypto'
import { Client } from '@langchain/langgraph-sdk'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { type TestServer, useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const one = useTestServer(database)
const two = useTestServer(database)
/** A server with one database role, to which row-level security does not apply. */
const unsecured = useTestServer(database, { DATABASE_LOOPS_URL: '' })
let sql: pg.Client
beforeAll(async () => {
  sql = new pg.Client({ connectionString: database() })
  await sql.connect()
})
afterAll(() => sql.end())

/** Client that sends an idempotency key with each request. */
const withKey = ({ url }: TestServer, key: string): Client =>
  new Client({
    apiUrl: url,
    apiKey: null,
    callerOptions: { maxRetries: 0 },
    defaultHeaders: { 'Idempotency-Key': key },
  })
const input = { messages: [{ role: 'user', content: 'hello' }] }
const countOf = async (threadId: string): Promise<number> => {
  const { rows } = await sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM hadal.run WHERE thread_id = $1',
    [threadId],
  )
  return rows[0]?.count ?? -1
}

describe('requests with the same Idempotency-Key', () => {
  test('and the same body get the same run, from each replica, at the same time and later', async () => {
    const { thread_id } = await one().client.threads.create()
    const key = randomUUID()
    const send = (server: TestServer) => withKey(server, key).runs.create(thread_id, 'echo', { input })
    const runs = await Promise.all([send(one()), send(two()), send(one()), send(two())])
    const [{ run_id = '' } = {}] = runs
    expect(runs.map((run) => run.run_id)).toEqual(runs.map(() => run_id))
    await one().client.runs.join(thread_id, run_id)
    expect(await send(two())).toMatchObject({ run_id, status: 'success' })
    expect(await countOf(thread_id)).toBe(1)
  })

  test('get the values and the stream of the run that the first one started', async () => {
    const { thread_id } = await one().client.threads.create()
    const key = randomUUID()
    const values = await withKey(one(), key).runs.wait(thread_id, 'echo', { input })
    expect(await withKey(two(), key).runs.wait(thread_id, 'echo', { input })).toEqual(values)
    const events: string[] = []
    // The SDK sends a stream mode of its own with a stream, so the body has to be the same there.
    const streamKey = randomUUID()
    const stream = async (server: TestServer): Promise<string[]> => {
      const seen: string[] = []
      for await (const { event } of withKey(server, streamKey).runs.stream(thread_id, 'echo', { input }))
        seen.push(event)
      return seen
    }
    events.push(...(await stream(one())))
    expect(await stream(two())).toEqual(events)
    expect(await countOf(thread_id)).toBe(2)
  })

  test('get the same run of a new thread, without a thread in the request', async () => {
    const key = randomUUID()
    const first = await withKey(one(), key).runs.create(null, 'echo', { input })
    const again = await withKey(two(), key).runs.create(null, 'echo', { input })
    expect(again).toMatchObject({ run_id: first.run_id, thread_id: first.thread_id })
  })

  test('and another body, or for another thread, are refused with 422, and start nothing', async () => {
    const { thread_id } = await one().client.threads.create()
    const { thread_id: other } = await one().client.threads.create()
    const client = withKey(one(), randomUUID())
    const { run_id } = await client.runs.create(thread_id, 'echo', { input })
    const changed = client.runs.create(thread_id, 'echo', { input, metadata: { a: 1 } })
    await expect(changed).rejects.toThrow(new RegExp(`422.*different request, which created run ${run_id}`))
    await expect(client.runs.create(other, 'echo', { input })).rejects.toThrow('422')
    expect([await countOf(thread_id), await countOf(other)]).toEqual([1, 0])
  })

  test('do not depend on the order of the fields of the body', async () => {
    const { thread_id } = await one().client.threads.create()
    const key = randomUUID()
    const send = async (body: string) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const response = await fetch(`${one().url}/threads/${thread_id}/runs`, { method: 'POST', headers, body })
      const run: unknown = await response.json()
      return run && typeof run === 'object' && 'run_id' in run ? run.run_id : undefined
    }
    const first = await send('{"assistant_id": "echo", "input": {"messages": [], "a": 1}}')
    expect(await send('{"input": {"a": 1, "messages": []},   "assistant_id": "echo"}')).toBe(first)
  })

  test('start a run if the first one was refused, or if the key has expired', async () => {
    const key = randomUUID()
    const threadId = randomUUID()
    const send = () => withKey(one(), key).runs.create(threadId, 'echo', { input })
    await expect(send()).rejects.toThrow('404')
    await one().client.threads.create({ threadId })
    const { run_id } = await send()
    await sql.query("UPDATE hadal.idempotency_key SET expires_at = now() - interval '1 s' WHERE key = $1", [key])
    expect((await send()).run_id).not.toBe(run_id)
  })

  test('are refused with 409 if the run was deleted meanwhile', async () => {
    const { thread_id } = await one().client.threads.create()
    const client = withKey(one(), randomUUID())
    const { run_id } = await client.runs.create(thread_id, 'echo', { input })
    await client.runs.join(thread_id, run_id)
    await one().client.runs.delete(thread_id, run_id)
    await expect(client.runs.create(thread_id, 'echo', { input })).rejects.toThrow(/409.*was deleted/)
  })

  test('of another tenant start a run of their own', async () => {
    const { thread_id } = await one().client.threads.create()
    const key = randomUUID()
    await sql.query(
      "INSERT INTO hadal.idempotency_key (tenant, key, request_hash, run_ids, expires_at) VALUES ('other', $1, 'x', '{}', now() + interval '1 h')",
      [key],
    )
    const run = await withKey(unsecured(), key).runs.create(thread_id, 'echo', { input })
    expect(run).toMatchObject({ thread_id })
    const again = await withKey(unsecured(), key).runs.create(thread_id, 'echo', { input })
    expect(again.run_id).toBe(run.run_id)
  })

  test('get the same runs of a batch', async () => {
    const key = randomUUID()
    const batch = [
      { assistantId: 'echo', input },
      { assistantId: 'echo', input },
    ]
    const runs = (server: TestServer) => withKey(server, key).runs.createBatch(batch)
    const first = await runs(one())
    const ids = (list: readonly { run_id: string }[]) => list.map(({ run_id }) => run_id)
    expect(new Set(ids(first)).size).toBe(2)
    expect(ids(await runs(two()))).toEqual(ids(first))
  })
})

test.each([
  ['an empty key', ''],
  ['a key with a space', 'a b'],
  ['a key of 256 characters', 'x'.repeat(256)],
])('%s is refused with 422', async (_what, key) => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key }
  const body = JSON.stringify({ assistant_id: 'echo', input })
  const response = await fetch(`${one().url}/runs`, { method: 'POST', headers, body })
  expect(response.status).toBe(422)
  expect(JSON.stringify(await response.json())).toContain('Idempotency-Key')
})
