import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase(), { BODY_LIMIT_BYTES: '2048' })
const nobody = '00000000-0000-4000-8000-000000000000'
let thread = ''
let interrupted = ''

beforeAll(async () => {
  const { client } = server()
  thread = (await client.threads.create()).thread_id
  interrupted = (await client.threads.create()).thread_id
  await client.runs.wait(interrupted, 'questions', { input: { questions: ['colour'] } })
})

interface Case {
  readonly what: string
  readonly method?: string
  readonly path: () => string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly status: number
  /** Text that the error response must contain. */
  readonly says: string
}

const onThread = (what: string, body: object, says: string, status = 422): Case => ({
  what,
  path: () => `/threads/${thread}/runs`,
  body: { assistant_id: 'echo', ...body },
  status,
  says,
})

const cases: Case[] = [
  {
    what: 'an unknown path',
    method: 'GET',
    path: () => '/nothing',
    status: 404,
    says: 'There is no GET /nothing on this server.',
  },
  { what: 'malformed JSON', path: () => '/threads', body: '{"a":', status: 400, says: 'The body is not valid JSON' },
  { what: 'a body that is not an object', path: () => '/threads', body: '[]', status: 422, says: 'the body' },
  {
    what: 'a body that is too large',
    path: () => '/threads',
    body: { metadata: { a: 'x'.repeat(3_000) } },
    status: 413,
    says: '2048 bytes',
  },
  {
    what: 'a thread id that is not a UUID',
    path: () => '/threads',
    body: { thread_id: 'x' },
    status: 422,
    says: 'thread_id: must be a UUID',
  },
  {
    what: 'a thread that exists already',
    path: () => '/threads',
    body: () => ({ thread_id: thread }),
    status: 409,
    says: 'There is a thread',
  },
  {
    what: 'a time to live of zero minutes',
    path: () => '/threads',
    body: { ttl: { ttl: 0 } },
    status: 422,
    says: 'ttl',
  },
  {
    what: 'an id in the path that is not a UUID',
    method: 'GET',
    path: () => '/threads/x',
    status: 422,
    says: 'thread_id: must be a UUID',
  },
  {
    what: 'an unknown thread',
    method: 'GET',
    path: () => `/threads/${nobody}`,
    status: 404,
    says: `There is no thread ${nobody}.`,
  },
  {
    what: 'deleting an unknown thread',
    method: 'DELETE',
    path: () => `/threads/${nobody}`,
    status: 404,
    says: 'There is no thread',
  },
  {
    what: 'changing an unknown thread',
    method: 'PATCH',
    path: () => `/threads/${nobody}`,
    body: {},
    status: 404,
    says: 'There is no thread',
  },
  { what: 'copying an unknown thread', path: () => `/threads/${nobody}/copy`, status: 404, says: 'There is no thread' },
  {
    what: 'the state of an unknown thread',
    method: 'GET',
    path: () => `/threads/${nobody}/state`,
    status: 404,
    says: 'There is no thread',
  },
  {
    what: 'the history of an unknown thread',
    path: () => `/threads/${nobody}/history`,
    body: {},
    status: 404,
    says: 'There is no thread',
  },
  {
    what: 'an unknown checkpoint',
    method: 'GET',
    path: () => `/threads/${interrupted}/state/${nobody}`,
    status: 404,
    says: 'There is no checkpoint',
  },
  {
    what: 'a state for a thread without a graph',
    path: () => `/threads/${thread}/state`,
    body: { values: {} },
    status: 422,
    says: 'has no graph yet',
  },
  {
    what: 'a state update that the graph rejects',
    path: () => `/threads/${interrupted}/state`,
    body: { values: { answers: ['x'] }, as_node: 'nobody' },
    status: 422,
    says: 'refuses this update',
  },
  {
    what: 'a search for an unknown status',
    path: () => '/threads/search',
    body: { status: 'asleep' },
    status: 422,
    says: 'status',
  },
  {
    what: 'a search with a limit that is too high',
    path: () => '/threads/search',
    body: { limit: 100_000 },
    status: 422,
    says: 'limit',
  },
  {
    what: 'a selection of an unknown field',
    method: 'GET',
    path: () => `/threads/${thread}/state?select=colour`,
    status: 422,
    says: 'there is no field "colour"',
  },
  {
    what: 'an unknown assistant',
    method: 'GET',
    path: () => '/assistants/nobody',
    status: 404,
    says: 'There is no assistant "nobody"',
  },
  onThread('a run of an unknown assistant', { assistant_id: 'nobody' }, 'There is no assistant "nobody"', 404),
  { ...onThread('a run on an unknown thread', {}, 'There is no thread', 404), path: () => `/threads/${nobody}/runs` },
  { ...onThread('a run without an assistant', {}, 'assistant_id'), body: { input: {} } },
  onThread('a run with an unknown stream mode', { stream_mode: 'loud' }, 'stream_mode'),
  onThread('a run with an unknown strategy', { multitask_strategy: 'fight' }, 'multitask_strategy'),
  onThread('a run with a webhook', { webhook: 'http://10.0.0.1/' }, 'webhook: this server sends no webhooks yet'),
  onThread('a command with nothing but an unknown field', { command: { jump: 1 } }, 'command: is empty'),
  onThread('a run with an option of a middleware', { context: { interruptOn: {} } }, 'context.interruptOn'),
  onThread('a resume without a pending interrupt', { command: { resume: 1 } }, 'has none pending'),
  {
    what: 'an unknown run',
    method: 'GET',
    path: () => `/threads/${thread}/runs/${nobody}`,
    status: 404,
    says: `There is no run ${nobody}`,
  },
  {
    what: 'joining an unknown run',
    method: 'GET',
    path: () => `/threads/${thread}/runs/${nobody}/join`,
    status: 404,
    says: 'There is no run',
  },
  {
    what: 'following an unknown run',
    method: 'GET',
    path: () => `/threads/${thread}/runs/${nobody}/stream`,
    status: 404,
    says: 'There is no run',
  },
  {
    what: 'cancelling an unknown run',
    path: () => `/threads/${thread}/runs/${nobody}/cancel`,
    status: 404,
    says: 'There is no run',
  },
  {
    what: 'cancelling with an unknown action',
    path: () => `/threads/${thread}/runs/${nobody}/cancel?action=kill`,
    status: 422,
    says: 'action',
  },
  {
    what: 'deleting an unknown run',
    method: 'DELETE',
    path: () => `/threads/${thread}/runs/${nobody}`,
    status: 404,
    says: 'There is no run',
  },
  {
    what: 'runs of an unknown thread',
    method: 'GET',
    path: () => `/threads/${nobody}/runs`,
    status: 404,
    says: 'There is no thread',
  },
  {
    what: 'a limit that is not a number',
    method: 'GET',
    path: () => `/threads/${thread}/runs?limit=many`,
    status: 422,
    says: 'limit: must be a whole number',
  },
  {
    what: 'an invalid event id in a stream',
    method: 'GET',
    path: () => `/threads/${thread}/runs/${nobody}/stream`,
    headers: { 'last-event-id': 'x' },
    status: 404,
    says: 'There is no run',
  },
]

async function answerTo({ method = 'POST', path, body, headers }: Case): Promise<{ status: number; detail: string }> {
  const content: unknown = typeof body === 'function' ? body() : body
  const answer = await fetch(`${server().url}${path()}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(content === undefined ? {} : { body: typeof content === 'string' ? content : JSON.stringify(content) }),
  })
  const text = await answer.text()
  expect(text).not.toContain('    at ')
  return { status: answer.status, detail: JSON.parse(text).detail }
}

describe('the server rejects', () => {
  test.each(cases.map((one): [string, Case] => [one.what, one]))('%s', async (_what, one) => {
    const { status, detail } = await answerTo(one)
    expect({ status, detail }).toEqual({ status: one.status, detail: expect.stringContaining(one.says) })
  })
})

test('the server rejects a body that is too large even without a Content-Length header', async () => {
  const body = new ReadableStream({
    start(controller) {
      for (let part = 0; part < 10; part += 1) controller.enqueue(new TextEncoder().encode(' '.repeat(1_000)))
      controller.close()
    },
  })
  const answer = await fetch(`${server().url}/threads`, { method: 'POST', body, duplex: 'half' })
  expect(answer.status).toBe(413)
})

test('rejected requests write nothing', async () => {
  const { client } = server()
  expect(await client.runs.list(thread)).toEqual([])
  expect(await client.threads.get(thread)).toMatchObject({ status: 'idle', metadata: {} })
  expect(await client.threads.count()).toBe(2)
})
