import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { useTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { beforeAll, describe, expect, test } from 'vitest'
import { fuzzRoute } from '../fuzz/fuzz-route.ts'
import { jsonOf } from '../fuzz/hostile.ts'
import { type KnownValues, makeKnownValues } from '../fuzz/known-values.ts'
import { bytesOf } from '../fuzz/request-arbitrary.ts'
import { routeInputs } from '../fuzz/route-inputs.ts'
import { type RawAnswer, sendRaw } from '../fuzz/send-raw.ts'

const server = useTestServer(createDatabase())
/** Number of generated requests. `npm run fuzz` sends more. */
const cases = 200
let known: KnownValues
let thread = ''
beforeAll(async () => {
  known = await makeKnownValues(server().client)
  thread = known.thread_id[0] ?? ''
})

const send = (method: string, path: string, body?: Buffer, headers: readonly string[] = []): Promise<RawAnswer> =>
  sendRaw(server().port, bytesOf({ method, path: path.replace('THREAD', thread), headers, body }))
const detailOf = ({ body }: RawAnswer): unknown => JSON.parse(body).detail

const deep = ['<[:7000>', '<[:10000>', '<{:7000>', '<{:10000>', '<[:101>']
const withBody = Object.entries(routeInputs).filter(([, { body }]) => body !== undefined)

describe('a body that nests too deeply is rejected by', () => {
  test.each(withBody.map(([route]) => route))('%s', async (route) => {
    const [method = '', path = ''] = route.replace(':thread_id', thread).replace(':assistant_id', 'echo').split(' ')
    for (const value of deep) {
      const field = route.includes('runs') ? 'input' : 'metadata'
      const answer = await send(method, path, Buffer.from(jsonOf({ assistant_id: 'echo', [field]: { a: value } })))
      expect([answer.status, detailOf(answer)]).toEqual([422, expect.stringContaining(`${field}: nests more than 100`)])
    }
  })
})

test('a body of 100 levels is accepted', async () => {
  const answer = await send('POST', '/threads', Buffer.from(jsonOf({ metadata: { a: '<{:98>' } })))
  expect(answer.status).toBe(200)
})

/**
 * Requests whose body or path contains the placeholder `X`: text in the error, path, body. Ids of checkpoints are looked up, so they are
 * answered with 404.
 */
const names: [string, string, unknown][] = [
  ['There is no checkpoint', '/threads/THREAD/history', { before: 'X' }],
  ['There is no checkpoint', '/threads/THREAD/history', { before: { checkpoint_id: 'X' } }],
  ['metadata', '/threads/THREAD/history', { metadata: { a: [{ b: 'X' }] } }],
  ['metadata', '/threads/THREAD/history', { metadata: { X: 1 } }],
  ['checkpoint.checkpoint_ns', '/threads/THREAD/history', { checkpoint: { checkpoint_ns: 'X' } }],
  ['There is no checkpoint', '/threads/THREAD/state/checkpoint', { checkpoint: { checkpoint_id: 'X' } }],
  ['checkpoint.checkpoint_ns', '/threads/THREAD/state/checkpoint', { checkpoint: { checkpoint_ns: 'X' } }],
  ['There is no checkpoint', '/threads/THREAD/state/checkpoint', { checkpoint: { checkpoint_map: { a: 'X' } } }],
  ['as_node', '/threads/THREAD/state', { values: {}, as_node: 'X' }],
  ['There is no checkpoint', '/threads/THREAD/state', { values: {}, checkpoint_id: 'X' }],
  ['There is no checkpoint', '/threads/THREAD/runs', { assistant_id: 'echo', checkpoint_id: 'X' }],
  ['command.goto', '/threads/THREAD/runs', { assistant_id: 'echo', command: { goto: 'X' } }],
  ['command.update', '/threads/THREAD/runs', { assistant_id: 'echo', command: { update: { X: 1 } } }],
]

test.each(names)('text that PostgreSQL cannot store is rejected with "%s" by %s: %j', async (says, path, body) => {
  for (const text of ['a\\u0000b', '\\ud800', 'x\\udc00']) {
    const answer = await send('POST', path, Buffer.from(JSON.stringify(body).replace('X', text)))
    expect(answer.status).toBe(says.startsWith('There') ? 404 : 422)
    expect(detailOf(answer)).toContain(says)
  }
})

test('malformed HTTP is answered with 4xx, and the server survives', async () => {
  const json = (text: string) => Buffer.from(text)
  const long = 'x'.repeat(10_000)
  const raw: [string, Buffer][] = [
    ['a request line without an end', Buffer.from('GET /threads')],
    ['a line that is not HTTP', Buffer.from('\x16\x03\x01\0\0\r\n\r\n', 'latin1')],
    ['a length that is not a number', Buffer.from('POST /threads HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n{}')],
    [
      'two lengths',
      Buffer.from('POST /threads HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'),
    ],
    [
      'a length and chunks',
      Buffer.from(
        'POST /threads HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      ),
    ],
    [
      'a chunk without a valid size',
      Buffer.from('POST /threads HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n'),
    ],
    ['a NUL in the path', Buffer.from('GET /threads/\0 HTTP/1.1\r\nhost: a\r\n\r\n', 'latin1')],
    ['no host', Buffer.from('GET /ok HTTP/1.1\r\n\r\n')],
    ['a long path', Buffer.from(`GET /${'x'.repeat(100_000)} HTTP/1.1\r\nhost: a\r\n\r\n`)],
    ['a long header', Buffer.from(`GET /ok HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`)],
  ]
  // A request without an end may get no response before the client's timeout.
  for (const [what, bytes] of raw) {
    const { status } = await sendRaw(server().port, bytes, 1_000).catch(() => ({ status: 400 }))
    expect([what, status]).toEqual([
      what,
      expect.toSatisfy((code: number) => code === 0 || (code >= 400 && code < 500)),
    ])
  }
  const rows: [number | 'any', string, string, Buffer | undefined, string[]][] = [
    [422, 'POST', '/threads', json('[]'), []],
    [422, 'POST', '/threads', json('"text"'), []],
    [422, 'POST', '/threads/search', json('{"limit":-1}'), []],
    [422, 'POST', '/threads/search', json('{"limit":1.5}'), []],
    [422, 'POST', '/threads/search', json('{"offset":1e300}'), []],
    [422, 'POST', '/threads/search', json('{"offset":-1}'), []],
    [422, 'POST', '/threads/search', json('{"ids":{"a":1}}'), []],
    [422, 'POST', '/threads/search', json('{"limit":1,"limit":-1}'), []],
    [200, 'POST', '/runs', json('{"assistant_id":"echo","after_seconds":5e-324}'), []],
    [400, 'POST', '/threads', json('{"metadata":'), []],
    [400, 'POST', '/threads', json('[[['), []],
    ['any', 'POST', '/threads', json('{"__proto__":{"metadata":1}}'), []],
    ['any', 'POST', '/threads', json('{"metadata":{"__proto__":{"a":1},"constructor":1}}'), []],
    ['any', 'POST', '/threads', Buffer.from([0x7b, 0xff, 0x7d]), []],
    ['any', 'POST', '/threads', json('{}'), ['content-type: application/xml']],
    ['any', 'POST', '/threads', json('{}'), ['content-type: multipart/form-data; boundary=']],
    ['any', 'POST', '/threads', json('{}'), ['content-encoding: gzip']],
    ['any', 'GET', '/threads/THREAD', undefined, ['accept: text/html;q=x', 'traceparent: zz', 'range: bytes=-1']],
    [422, 'GET', '/threads/%00', undefined, []],
    [422, 'GET', '/threads/%ff', undefined, []],
    [404, 'GET', '/threads/a%2Fb/c', undefined, []],
    [422, 'GET', `/threads/${long}`, undefined, []],
    [422, 'GET', '/threads/THREAD/runs?limit=-1', undefined, []],
    [422, 'GET', '/threads/THREAD/runs?limit=99999999999999999999', undefined, []],
    [422, 'GET', '/threads/THREAD/runs?limit=1&limit=2', undefined, []],
    ['any', 'GET', '/threads/THREAD/runs?%&=&limit', undefined, []],
    [404, 'PUT', '/threads', json('{}'), []],
    [404, 'TRACE', '/threads', undefined, []],
    [422, 'GET', `/runs/${known.run_id[0]}/stream`, undefined, ['last-event-id: \xff']],
    [422, 'GET', `/runs/${known.run_id[0]}/stream`, undefined, ['last-event-id: 1e9']],
  ]
  for (const [wanted, method, path, body, headers] of rows) {
    const { status } = await send(method, path, body, headers)
    const shown = `${method} ${path.slice(0, 100)} ${body?.toString('latin1')} ${headers}`
    expect([shown, status]).toEqual([
      shown,
      wanted === 'any' ? expect.toSatisfy((code: number) => code >= 200 && code < 500) : wanted,
    ])
  }
  expect((await send('GET', '/health')).status).toBe(200)
})

test('every route has a generator of requests', () => {
  expect(Object.keys(routeInputs).toSorted()).toEqual(server().routes.toSorted())
})

test(`no route answers any of ${cases} generated requests with 5xx`, async () => {
  // A fixed seed gives the same requests in every test run. `npm run fuzz` uses new seeds.
  const seed = 20_261_129
  process.stdout.write(`The seed of the generated requests is ${seed}: npm run fuzz -- --seed ${seed}\n`)
  const routes = Object.keys(routeInputs)
  const failures: string[] = []
  for (const route of routes) {
    const { failure } = await fuzzRoute(server().port, route, known, { seed, cases: Math.ceil(cases / routes.length) })
    if (failure !== undefined) failures.push(`${route}: ${failure}`)
  }
  expect(failures).toEqual([])
  expect((await send('GET', '/health')).status).toBe(200)
  expect(server().logged.filter(({ event }) => event === 'request_failed')).toEqual([])
})
