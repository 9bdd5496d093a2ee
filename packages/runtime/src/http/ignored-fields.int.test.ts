import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())
const header = 'hadal-ignored-fields'
let thread = ''
beforeAll(async () => {
  thread = (await server().client.threads.create()).thread_id
})

const send = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${server().url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

test('a run with fields that the server does not know is executed, and the response names them', async () => {
  const answer = await send('POST', `/threads/${thread}/runs/wait`, {
    assistant_id: 'echo',
    input: { messages: [{ role: 'user', content: 'hello' }] },
    colour: 1,
    config: { callbacks: [] },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get(header)).toBe('config.callbacks, colour')
  expect(await answer.json()).toMatchObject({ messages: [{ content: 'hello' }, { type: 'ai' }] })
})

test('a stream is rejoined with a query parameter that the server does not know', async () => {
  const { client } = server()
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'echo', { input: { messages: [] } })
  const answer = await send('GET', `/threads/${thread_id}/runs/${run_id}/stream?cancel_on_disconnect=0&checkpoint_id=x`)
  expect([answer.status, answer.headers.get(header)]).toEqual([200, 'checkpoint_id'])
  expect(await answer.text()).toContain('event: values')
})

test('the parameters of a route that has none are named', async () => {
  const answer = await send('GET', '/health?verbose=1')
  expect([answer.status, answer.headers.get(header)]).toEqual([200, 'verbose'])
})

test('a response to a refused request names the ignored fields too', async () => {
  const answer = await send('POST', '/threads/search', { colour: 1, status: 'asleep' })
  expect([answer.status, answer.headers.get(header)]).toEqual([422, 'colour'])
})

describe('an unknown field is refused with 422 and the nearest name, and nothing happens, by', () => {
  const cases: [string, string, () => string, unknown, string][] = [
    ['prune', 'POST', () => '/threads/prune', () => ({ thread_ids: [thread], stratgy: 'keep_latest' }), 'strategy'],
    ['the deletion of a thread', 'DELETE', () => `/threads/${thread}?only_runs=1`, undefined, 'only_runs'],
    [
      'the TTL of a thread',
      'PATCH',
      () => `/threads/${thread}`,
      { ttl: { ttl: 5, stategy: 'keep_latest' } },
      'strategy',
    ],
  ]
  test.each(cases)('%s', async (_what, method, path, body, says) => {
    const answer = await send(method, path(), typeof body === 'function' ? body() : body)
    expect([answer.status, answer.headers.get(header)]).toEqual([422, null])
    const said = await answer.text()
    expect(said).toContain('unknown field')
    expect(said).toContain(says)
    expect(await server().client.threads.get(thread)).toMatchObject({ thread_id: thread })
    const read = await send('GET', `/threads/${thread}?include=ttl`)
    expect(await read.json()).not.toHaveProperty('ttl')
  })
})
