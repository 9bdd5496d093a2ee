import { createLocalLimiter } from '@hadal/middleware/rate-limit/local-limiter'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anyone, type Caller } from '../access/caller.ts'
import type { RequestLimit } from '../redis/create-redis.ts'
import { requestLimits } from './request-limit.ts'

// Addresses are refused for a time that does not pass here.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

interface Decided {
  readonly tenant: string
  readonly names: readonly string[]
}

/** An application whose callers sign in by the header `authorization: <tenant>/<user>`; without it they get 401. */
function application(given: Partial<RequestLimit>): {
  readonly decided: readonly Decided[]
  send(headers?: Record<string, string>, path?: string): Promise<Response>
  readonly handled: () => number
} {
  const decided: Decided[] = []
  const local = createLocalLimiter({ now: () => 0 })
  let handled = 0
  const limits = requestLimits({
    limiter: {
      take: (tenant, buckets) => {
        decided.push({ tenant, names: buckets.map(({ name }) => name.split(':')[0] ?? '') })
        return local.take(tenant, buckets)
      },
    },
    tenant: 'default',
    perMinute: 60,
    burst: 3,
    tenantPerMinute: 0,
    signsIn: true,
    trustedProxies: 1,
    onDecision: () => {},
    ...given,
  })
  const app = new Hono()
  app.use(limits.beforeSignIn)
  const api = new Hono()
  api.use(async (c, next) => {
    const [tenant, user] = c.req.header('authorization')?.split('/') ?? []
    if (given.signsIn !== false && (tenant === undefined || user === undefined)) {
      c.set('signInFailed', true)
      return c.json({}, 401)
    }
    const caller: Caller = given.signsIn === false ? anyone : { ...anyone, tenant: tenant ?? '', user: user ?? '' }
    c.set('caller', caller)
    return next()
  })
  api.use(limits.afterSignIn)
  api.get('/:path', (c) => {
    handled += 1
    return c.json({})
  })
  app.route('/', api)
  return {
    decided,
    handled: () => handled,
    send: async (headers = {}, path = '/threads') => app.request(path, { headers }),
  }
}

const statuses = async (count: number, send: () => Promise<Response>): Promise<number[]> => {
  const all: number[] = []
  for (let sent = 0; sent < count; sent += 1) all.push((await send()).status)
  return all
}
const as = (authorization: string, address = '192.0.2.1') => ({ authorization, 'x-forwarded-for': address })

test('each user has a limit of its own, wherever its requests come from', async () => {
  const { send, decided } = application({})
  expect(await statuses(3, () => send(as('acme/ann')))).toEqual([200, 200, 200])
  const refused = await send(as('acme/ann', '192.0.2.2'))
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('limits.requestsPerMinute') })
  expect(await statuses(1, () => send(as('acme/bob')))).toEqual([200])
  expect(await statuses(1, () => send(as('other/ann')))).toEqual([200])
  // One pass for each request, in the tenant of the caller.
  expect(decided).toHaveLength(6)
  expect(decided[0]).toEqual({ tenant: 'acme', names: ['user'] })
})

test('the users of a tenant share its limit, which another tenant does not use up', async () => {
  const { send, decided } = application({ tenantPerMinute: 4 })
  expect(await statuses(3, () => send(as('acme/ann')))).toEqual([200, 200, 200])
  expect(await statuses(2, () => send(as('acme/bob')))).toEqual([200, 429])
  expect(await statuses(1, () => send(as('other/ann')))).toEqual([200])
  expect(decided[0]).toEqual({ tenant: 'acme', names: ['user', 'tenant'] })
})

test('an address whose sign-ins fail is refused for a while before the sign-in, and no other address', async () => {
  const { send, decided, handled } = application({})
  const address = { 'x-forwarded-for': '192.0.2.1' }
  expect(await statuses(4, () => send(address))).toEqual([401, 401, 401, 429])
  expect(decided.map(({ names }) => names)).toEqual(Array(4).fill(['address']))
  // A valid credential of this address waits too: the server does not verify it.
  expect(await statuses(2, () => send(as('acme/ann')))).toEqual([429, 429])
  expect([decided.length, handled()]).toEqual([4, 0])
  expect(await statuses(1, () => send(as('acme/ann', '192.0.2.2')))).toEqual([200])
})

test('a failed sign-in at /info counts, and a caller who has signed in reads /info without a limit', async () => {
  const { send } = application({})
  expect(await statuses(4, () => send({ 'x-forwarded-for': '192.0.2.1' }, '/info'))).toEqual([401, 401, 401, 429])
  expect(await statuses(5, () => send(as('acme/ann', '192.0.2.2'), '/info'))).toEqual([200, 200, 200, 200, 200])
})

test('without sign-in, addresses and the tenant are limited in one pass before anything else', async () => {
  const { send, decided } = application({ signsIn: false, tenantPerMinute: 4 })
  const from = (address: string) => () => send({ 'x-forwarded-for': address })
  expect(await statuses(4, from('192.0.2.1'))).toEqual([200, 200, 200, 429])
  expect(await statuses(2, from('192.0.2.2'))).toEqual([200, 429])
  expect(decided).toHaveLength(6)
  expect(decided[0]).toEqual({ tenant: 'default', names: ['address', 'tenant'] })
})

test('without a limit of callers only the tenant is limited', async () => {
  const { send } = application({ perMinute: 0, tenantPerMinute: 4 })
  expect(await statuses(5, () => send(as('acme/ann')))).toEqual([200, 200, 200, 200, 429])
  expect(await statuses(5, () => send())).toEqual([401, 401, 401, 401, 401])
})

test('probes have no limit', async () => {
  const { send, decided } = application({ signsIn: false })
  expect(await statuses(5, () => send({}, '/ok'))).toEqual([200, 200, 200, 200, 200])
  expect(decided).toEqual([])
})
