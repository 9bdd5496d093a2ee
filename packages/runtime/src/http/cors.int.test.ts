import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { type TestServer, useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database, {
  CORS_ALLOW_ORIGINS: 'https://app.example.com, http://localhost:*',
  BODY_LIMIT_BYTES: '2048',
})
const local = useTestServer(database, {
  HOST: '127.0.0.1',
  ALLOWED_HOSTS: 'tunnel.example.com',
  CORS_ALLOW_ORIGINS: 'http://localhost:*,https://app.example.com',
})
const plain = useTestServer(database)

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Sends a request with any header. `fetch` would set some of them itself. */
function send(
  to: TestServer,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: to.port, method, path, headers, agent: false }, (answer) => {
      text(answer).then(
        (content) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: content }),
        reject,
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const origin = 'https://app.example.com'
const json = { 'content-type': 'application/json' }
const run = JSON.stringify({ assistant_id: 'echo', input: { messages: [] }, colour: 1 })

describe('for a page of an allowed origin', () => {
  const preflight = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-api-key',
  }

  test.each([
    '/threads',
    '/threads/search',
    '/runs/stream',
    '/threads/x/runs/y/stream',
    '/assistants/search',
    '/no/such/route',
  ])('a preflight of %s allows the request', async (path) => {
    const { status, headers } = await send(server(), 'OPTIONS', path, preflight)
    expect(status).toBe(204)
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'content-type,x-api-key',
      'access-control-allow-methods': expect.stringContaining('PATCH'),
      'access-control-max-age': '600',
      vary: expect.stringContaining('Origin'),
    })
  })

  test.each([
    ['a response', 'POST', '/threads', '{}', 200],
    ['a stream', 'POST', '/runs/stream', run, 200],
    ['the values of a run', 'POST', '/runs/wait', run, 200],
    ['invalid JSON', 'POST', '/threads', '{', 400],
    ['an unknown path', 'GET', '/nothing', undefined, 404],
    ['a body that is too large', 'POST', '/threads', JSON.stringify({ metadata: { a: 'x'.repeat(3_000) } }), 413],
    ['an invalid field', 'POST', '/threads', '{"metadata":1}', 422],
    ['a health check', 'GET', '/ok', undefined, 200],
  ])('%s can be read', async (_what, method, path, body, status) => {
    const answer = await send(server(), method, path, { origin, ...json }, body)
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': expect.stringContaining('Hadal-Ignored-Fields'),
      vary: expect.stringContaining('Origin'),
    })
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
  })

  test('a stream keeps its headers and its events', async () => {
    const { headers, body } = await send(server(), 'POST', '/runs/stream', { origin, ...json }, run)
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream',
      'content-location': expect.stringContaining('/runs/'),
      'hadal-ignored-fields': 'colour',
    })
    expect(body).toContain('event: values')
  })

  test('the port of an origin on this machine does not matter', async () => {
    const { headers } = await send(server(), 'GET', '/ok', { origin: 'http://localhost:5173' })
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173')
  })
})

test('a page of another origin can read nothing, and the response says that it depends on the origin', async () => {
  for (const [method, path] of [
    ['GET', '/ok'],
    ['OPTIONS', '/threads'],
    ['GET', '/nothing'],
  ] as const) {
    const { headers } = await send(server(), method, path, { origin: 'https://evil.example' })
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers.vary).toContain('Origin')
  }
})

test('without allowed origins there are no CORS headers', async () => {
  const { status, headers } = await send(plain(), 'OPTIONS', '/threads', { origin })
  expect(status).toBe(404)
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

describe('a server on a developer’s machine', () => {
  const own = (): string => `127.0.0.1:${local().port}`

  test('refuses a host name that is not allowed, as after DNS rebinding', async () => {
    for (const host of ['evil.example', `evil.example:${local().port}`, 'localhost.evil.example', 'localhost.']) {
      const { status, body } = await send(local(), 'GET', '/ok', { host })
      expect([host, status]).toEqual([host, 403])
      expect(body).toContain('hadal up --allow-host')
    }
    const { body } = await send(local(), 'GET', '/ok', { host: 'evil.example', origin: 'https://page.example' })
    expect(body).toContain('hadal up --allow-host evil.example --allow-origin https://page.example')
    for (const host of [own(), `localhost:${local().port}`, '[::1]:80', 'LOCALHOST', 'tunnel.example.com']) {
      expect([host, (await send(local(), 'GET', '/ok', { host })).status]).toEqual([host, 200])
    }
  })

  test('refuses requests of pages with another origin, and nothing happens', async () => {
    const before = await local().client.threads.count()
    for (const foreign of ['https://evil.example', 'null', 'http://localhost.evil.example:3000']) {
      const { status, body, headers } = await send(local(), 'POST', '/threads', { host: own(), origin: foreign })
      expect([foreign, status]).toEqual([foreign, 403])
      expect(body).toContain(`hadal up --allow-origin ${foreign}`)
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
    expect(await local().client.threads.count()).toBe(before)
  })

  test('answers pages of the machine, of allowed origins and of the server itself', async () => {
    for (const from of ['http://localhost:3000', origin, `http://${own()}`]) {
      const { status } = await send(local(), 'POST', '/threads', { host: own(), origin: from, ...json }, '{}')
      expect([from, status]).toEqual([from, 200])
    }
  })

  test.each([
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ['a link', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
  ])('refuses %s of another site, which has no Origin: a run is not cancelled', async (_what, by) => {
    const { thread_id: threadId } = await local().client.threads.create()
    const { run_id: runId } = await local().client.runs.create(threadId, 'echo', { afterSeconds: 3_600 })
    const path = `/threads/${threadId}/runs/${runId}/join?cancel_on_disconnect=1`
    for (const site of ['cross-site', 'same-site']) {
      const { status, body } = await send(local(), 'GET', path, { host: own(), 'sec-fetch-site': site, ...by })
      expect([site, status]).toEqual([site, 403])
      expect(body).toContain('hadal up --allow-origin')
    }
    expect((await local().client.runs.get(threadId, runId)).status).toBe('pending')
    await local().client.runs.cancel(threadId, runId)
  })

  test('answers a link to its documentation, its own pages, addresses that are typed, and fetch of an allowed page', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    for (const [path, headers] of [
      ['/docs', link],
      ['/info', { ...link, 'sec-fetch-site': 'none' }],
      ['/info', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
      ['/info', { origin, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ] as const) {
      expect([path, headers, (await send(local(), 'GET', path, { host: own(), ...headers })).status]).toEqual([
        path,
        headers,
        200,
      ])
    }
  })

  test('refuses a body that is not declared as JSON, for every method', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const headers = { host: own(), 'content-length': '2', ...(type === '' ? {} : { 'content-type': type }) }
        const { status, body } = await send(local(), method, '/threads', headers, '{}')
        expect([type, method, status]).toEqual([type, method, 415])
        expect(body).toContain('application/json')
      }
    }
    const typed = { host: own(), 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await send(local(), 'POST', '/threads', typed, '{}')).status).toBe(200)
    expect((await send(local(), 'POST', '/threads', { host: own() })).status).toBe(200)
  })
})
