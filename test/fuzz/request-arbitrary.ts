import fc, { type Arbitrary } from 'fast-check'
import { hostileBody, hostileText, hostileValue, invalidUtf8, jsonOf } from './hostile.ts'
import type { KnownValues } from './known-values.ts'
import { nearlyValid } from './nearly-valid.ts'
import type { RouteInput } from './route-inputs.ts'
import { zodArbitrary } from './zod-arbitrary.ts'

/** An HTTP request that the fuzzer generated. */
export interface GeneratedRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly string[]
  readonly body: Buffer | undefined
}

const unknownId = '00000000-0000-4000-8000-000000000000'
const oftenValid = <Value>(valid: Arbitrary<Value>, hostile: Arbitrary<Value>): Arbitrary<Value> =>
  fc.oneof({ weight: 4, arbitrary: valid }, { weight: 1, arbitrary: hostile })

const anything = (known: KnownValues): Arbitrary<unknown> =>
  fc.oneof(
    hostileValue,
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({
      messages: fc.array(fc.record({ role: fc.constantFrom('user', 'ai', 'tool', 'x'), content: hostileValue })),
    }),
    fc.constantFrom(...Object.values(known).flat()),
  )

const text = (known: KnownValues): Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...Object.values(known).flat()) },
    { weight: 1, arbitrary: hostileText },
  )

const hostileSegment = fc.oneof(
  fc.constantFrom(
    '%00',
    '%ff',
    '%2F',
    '%2e%2e',
    '..',
    '.',
    '%',
    '%zz',
    'x'.repeat(3_000),
    '%F0%9F%98%80',
    '*',
    ':thread_id',
  ),
  hostileText.map((value) => encodeURIComponent(value.toWellFormed())),
)

function pathOf(route: string, known: KnownValues): Arbitrary<string> {
  const segments = route.split('/').map((segment) => {
    if (!segment.startsWith(':')) return fc.constant(segment)
    const values = Object.entries(known).find(([name]) => name === segment.slice(1))?.[1] ?? []
    return oftenValid(fc.constantFrom(...values), fc.oneof(fc.constant(unknownId), hostileSegment))
  })
  return fc.tuple(...segments).map((parts) => parts.join('/'))
}

const asQuery = (value: unknown): string => {
  const pairs = Object.entries(typeof value === 'object' && value !== null ? value : {}).flatMap(([key, one]) =>
    [one].flat().map((single): [string, string] => [key, String(single)]),
  )
  const query = new URLSearchParams()
  for (const [key, one] of pairs) query.append(key.toWellFormed(), one.toWellFormed())
  return String(query)
}

function queryOf({ query }: RouteInput, known: KnownValues): Arbitrary<string> {
  const leaves = { text: text(known), anything: anything(known) }
  const valid = query ? zodArbitrary(query, leaves).map(asQuery) : fc.constant('')
  const hostile = fc.oneof(
    fc.constantFrom(
      '%',
      '%zz=%00',
      'limit=-1',
      'limit=1.5',
      'limit=99999999999999999999',
      'limit=1&limit=2',
      'a[__proto__]=1',
      '&&&=',
      'select=%00',
    ),
    fc.dictionary(hostileText, hostileText, { maxKeys: 3 }).map(asQuery),
  )
  return oftenValid(valid, hostile)
}

function bodyOf({ body }: RouteInput, known: KnownValues): Arbitrary<Buffer> {
  const leaves = { text: text(known), anything: anything(known) }
  const hostile = fc.oneof({ weight: 4, arbitrary: hostileBody }, { weight: 1, arbitrary: invalidUtf8 })
  if (!body) return hostile
  const valid = zodArbitrary(body, leaves)
  const change = fc.record({
    kind: fc.constantFrom('replace', 'remove', 'add', 'wrap'),
    place: fc.nat(1_000),
    key: hostileText,
    value: fc.oneof(hostileValue, anything(known)),
  } as const)
  const bytes = (value: Arbitrary<unknown>): Arbitrary<Buffer> => value.map((one) => Buffer.from(jsonOf(one)))
  return fc.oneof(
    { weight: 3, arbitrary: bytes(valid) },
    { weight: 4, arbitrary: bytes(fc.tuple(valid, change).map(([value, one]) => nearlyValid(value, one))) },
    { weight: 2, arbitrary: hostile },
    // A truncated body.
    { weight: 1, arbitrary: fc.tuple(bytes(valid), fc.nat(100)).map(([whole, cut]) => whole.subarray(0, cut)) },
  )
}

const headerText = fc.oneof(
  fc.constantFrom(
    '',
    '-1',
    '0',
    '1',
    '999999999',
    '1e9',
    'x',
    '*/*',
    ',',
    ';q=2',
    '\xff\xfe',
    'a'.repeat(8_000),
    'application/json',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 20 }).map((value) => value.replaceAll(/[\0\r\n]/g, '')),
)
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const headers = fc.array(
  fc
    .tuple(
      fc.constantFrom(
        'last-event-id',
        'traceparent',
        'tracestate',
        'content-type',
        'accept',
        'prefer',
        'x-api-key',
        'authorization',
        'x-forwarded-for',
        'idempotency-key',
        'accept-encoding',
        'origin',
        'content-encoding',
        'if-none-match',
        'range',
      ),
      fc.oneof(headerText, fc.constant(traceparent)),
    )
    .map(([name, value]) => `${name}: ${value}`),
  { maxLength: 3 },
)

/**
 * Generator of requests to a route: valid, nearly valid and hostile ones.
 *
 * @param route method and path, as in `routeInputs`
 */
export function requestArbitrary(route: string, input: RouteInput, known: KnownValues): Arbitrary<GeneratedRequest> {
  const [method = '', path = ''] = route.split(' ')
  return fc
    .record({
      method: fc.oneof(
        { weight: 12, arbitrary: fc.constant(method) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'),
        },
      ),
      path: pathOf(path, known),
      query: queryOf(input, known),
      headers,
      body: method === 'GET' ? fc.option(bodyOf(input, known), { nil: undefined, freq: 5 }) : bodyOf(input, known),
    })
    .map(({ query, ...request }) => ({ ...request, path: query === '' ? request.path : `${request.path}?${query}` }))
}

/** Converts a request to the bytes of an HTTP/1.1 message with `connection: close`. */
export function bytesOf({ method, path, headers: given, body }: GeneratedRequest): Buffer {
  const named = given.some((header) => header.startsWith('content-type:')) ? [] : ['content-type: application/json']
  const head = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'connection: close',
    ...named,
    ...given,
    ...(body === undefined ? [] : [`content-length: ${body.byteLength}`]),
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body ?? Buffer.alloc(0)])
}
