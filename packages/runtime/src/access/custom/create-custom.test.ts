import { Access } from '@hadal/platform/access'
import { Auth, HTTPException, isStudioUser } from '@langchain/langgraph-sdk/auth'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AuthCache, ProjectAuth } from '../../agents/project-auth.ts'
import type { Authenticate } from '../authenticate.ts'
import type { Caller } from '../caller.ts'
import { createCustom } from './create-custom.ts'

interface Options {
  readonly auth?: Partial<ProjectAuth>
  readonly tenantField?: string
  readonly studio?: boolean
}

const logged: string[] = []
const log = pino({}, { write: (line: string) => void logged.push(line) })

function signIn(author: Auth, { auth, tenantField, studio = false }: Options = {}): Authenticate {
  const access = Access.parse({ kind: 'custom', ...(tenantField ? { tenantField } : {}) })
  if (access.kind !== 'custom') throw new Error('The access is of another kind.')
  const { authenticate = () => 'ada', callbacks = {} } = author['~handlerCache']
  const handlers = { authenticate, callbacks } as Parameters<typeof createCustom>[0]['handlers']
  return createCustom({
    access,
    auth: { path: './auth.ts:auth', disableStudio: false, ...auth },
    handlers,
    studio,
    log,
  })
}

const request = (headers: Record<string, string> = {}): Request => new Request('http://server/threads', { headers })
const returning = (user: unknown): Auth => new Auth().authenticate(() => user as string)

describe('authenticate', () => {
  test('a string is the identity of a user', async () => {
    expect(await signIn(returning('ada'))(request())).toMatchObject({
      tenant: 'default',
      user: 'ada',
      scope: { tenant: 'default', owner: 'ada', sees: 'all' },
      identity: { identity: 'ada', display_name: 'ada', is_authenticated: true, permissions: [] },
    })
  })

  test('an object keeps its own fields, and its field tenant names the tenant', async () => {
    const user = { identity: 'ada', display_name: 'Ada', permissions: ['write'], tenant: 'acme', plan: { name: 'pro' } }
    expect(await signIn(returning(user))(request())).toMatchObject({
      tenant: 'acme',
      scope: { tenant: 'acme', owner: 'ada' },
      roles: new Set(['read', 'run', 'approve']),
      identity: { ...user, is_authenticated: true },
    })
    const administers = signIn(returning({ ...user, permissions: ['administer'] }))
    expect((await administers(request())).roles).toContain('administer')
    const byOther = signIn(returning({ ...user, org_id: 'corp' }), { tenantField: 'org_id' })
    expect((await byOther(request())).tenant).toBe('corp')
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a user that is not authenticated', { identity: 'ada', permissions: [], is_authenticated: false }],
  ])('%s is 401', async (_, user) => {
    await expect(signIn(returning(user))(request())).rejects.toMatchObject({ status: 401 })
  })

  test.each([
    ['a number', 7],
    ['an object without an identity', { permissions: [] }],
    ['an empty identity', ''],
    ['an identity with a control character', { identity: 'a\0' }],
    ['permissions that are not a list', { identity: 'ada', permissions: 'admin' }],
    ['a tenant that is a number', { identity: 'ada', permissions: [], tenant: 7 }],
    ['an empty tenant', { identity: 'ada', permissions: [], tenant: '' }],
  ])('%s is a failure of the handler: 503, and nobody is let in', async (_, user) => {
    logged.length = 0
    await expect(signIn(returning(user))(request())).rejects.toMatchObject({ status: 503 })
    expect(logged.join()).toContain('auth_handler_failed')
  })

  test('an HTTPException is answered with its status, message and headers, any other error with 503', async () => {
    const throwing = (error: unknown): Auth =>
      new Auth().authenticate(() => {
        throw error
      })
    const headers = { 'www-authenticate': 'Basic' }
    const refusal = await signIn(throwing(new HTTPException(418, { message: 'no tea', headers })))(request()).catch(
      (error: unknown) => error,
    )
    expect(refusal).toMatchObject({ status: 418, message: 'no tea' })
    expect((refusal as { res: Response }).res.headers.get('www-authenticate')).toBe('Basic')
    const failure = await signIn(throwing(new TypeError('no header "authorization"')))(request()).catch(String)
    expect(failure).not.toContain('no header')
    await expect(signIn(throwing(new HTTPException(200)))(request())).rejects.toMatchObject({ status: 503 })
  })

  test('the handler gets the request with its headers, and can not use up its body', async () => {
    const author = new Auth().authenticate(async (given) => {
      await given.text()
      return `${given.method} ${given.url} ${given.headers.get('x-user')}`
    })
    const sent = new Request('http://server/runs?a=1', { method: 'POST', body: '{}', headers: { 'x-user': 'ada' } })
    expect((await signIn(author)(sent)).user).toBe('POST http://server/runs?a=1 ada')
    expect(await sent.text()).toBe('{}')
  })
})

describe('LangGraph Studio', () => {
  const ofStudio = request({ 'x-auth-scheme': 'langsmith' })
  const author = returning(undefined)

  test('is let in as the user of isStudioUser on the server of a developer', async () => {
    const { identity } = await signIn(author, { studio: true })(ofStudio)
    expect(identity && isStudioUser({ ...identity, permissions: [...identity.permissions] })).toBe(true)
  })

  test('is not let in by its header on another server, or with disable_studio_auth', async () => {
    await expect(signIn(author)(ofStudio)).rejects.toMatchObject({ status: 401 })
    const disabled = signIn(author, { studio: true, auth: { disableStudio: true } })
    await expect(disabled(ofStudio)).rejects.toMatchObject({ status: 401 })
  })
})

describe('auth.cache', () => {
  const counting = (): { author: Auth; calls: () => number } => {
    let calls = 0
    const author = new Auth().authenticate((given) => {
      calls += 1
      const user = given.headers.get('authorization')
      if (user === null) throw new HTTPException(401)
      return `${user} ${calls}`
    })
    return { author, calls: () => calls }
  }
  const ask = async (authenticate: Authenticate, authorization: string): Promise<Caller> =>
    authenticate(request({ authorization }))

  test('is off by default', async () => {
    const { author, calls } = counting()
    const authenticate = signIn(author)
    await ask(authenticate, 'ada')
    await ask(authenticate, 'ada')
    expect(calls()).toBe(2)
  })

  test('uses an answer again for the same values of its headers, up to its size', async () => {
    const { author, calls } = counting()
    const authenticate = signIn(author, { auth: { cache: { headers: ['authorization'], ttlSeconds: 60, size: 2 } } })
    expect([(await ask(authenticate, 'ada')).user, (await ask(authenticate, 'ada')).user]).toEqual(['ada 1', 'ada 1'])
    expect((await ask(authenticate, 'bob')).user).toBe('bob 2')
    await ask(authenticate, 'eve')
    expect((await ask(authenticate, 'bob')).user).toBe('bob 2')
    // The third user has displaced the first.
    expect((await ask(authenticate, 'ada')).user).toBe('ada 4')
    expect(calls()).toBe(4)
  })

  test('a refusal is not cached', async () => {
    const { author, calls } = counting()
    const authenticate = signIn(author, { auth: { cache: { headers: ['authorization'], ttlSeconds: 60, size: 2 } } })
    for (let time = 0; time < 2; time += 1) await expect(authenticate(request())).rejects.toMatchObject({ status: 401 })
    expect(calls()).toBe(2)
  })
})

describe('the user of an open request', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Signs ada in by an author whose code then answers differently, and returns whether her open request continues, and how often the code was asked. */
  async function continues(
    answer: () => unknown,
    { cache, waitMs = 6_000 }: { cache?: AuthCache; waitMs?: number } = {},
  ) {
    const authenticate = vi.fn(() => ({ identity: 'ada', permissions: [], tenant: 'acme' }) as unknown)
    const author = new Auth().authenticate(authenticate as () => string)
    const { stillValid } = await signIn(author, { auth: cache ? { cache } : {} })(request({ authorization: 'a' }))
    authenticate.mockImplementation(answer)
    vi.advanceTimersByTime(waitMs)
    await stillValid?.()
    await new Promise(setImmediate)
    return { valid: await stillValid?.(), asked: authenticate.mock.calls.length - 1 }
  }
  const throwing = (error: unknown) => () => {
    throw error
  }

  test.each<[string, () => unknown]>([
    ['a 401', throwing(new HTTPException(401))],
    ['a 403', throwing(new HTTPException(403))],
    ['nobody', () => undefined],
    ['another user', () => ({ identity: 'bob', permissions: [], tenant: 'acme' })],
    ['the user in another tenant', () => ({ identity: 'ada', permissions: [], tenant: 'other' })],
  ])('is signed out if the author’s code answers with %s', async (_, answer) => {
    expect(await continues(answer)).toEqual({ valid: false, asked: 1 })
  })

  test.each<[string, () => unknown]>([
    ['the same user', () => ({ identity: 'ada', permissions: ['more'], tenant: 'acme' })],
    ['an error', throwing(new Error('planted'))],
    ['a value that is not a user', () => 7],
    ['a 500', throwing(new HTTPException(500))],
    ['a timeout', throwing(new HTTPException(408))],
    ['a rate limit', throwing(new HTTPException(429))],
  ])('stays signed in if the author’s code answers with %s', async (_, answer) => {
    expect(await continues(answer)).toEqual({ valid: true, asked: 1 })
  })

  test('stays signed in while auth.cache has the answer, and not longer', async () => {
    const cache = { headers: ['authorization'], ttlSeconds: 60, size: 2 }
    expect(await continues(() => undefined, { cache, waitMs: 59_000 })).toEqual({ valid: true, asked: 0 })
    expect(await continues(() => undefined, { cache, waitMs: 61_000 })).toEqual({ valid: false, asked: 1 })
  })

  test('causes one line in the log when the author’s code begins to fail', async () => {
    const authenticate = vi.fn(() => 'ada')
    const ofAuthor = signIn(new Auth().authenticate(authenticate))
    const callers = [await ofAuthor(request()), await ofAuthor(request())]
    authenticate.mockImplementation(throwing(new Error('planted')))
    logged.length = 0
    vi.advanceTimersByTime(6_000)
    for (const { stillValid } of callers) expect(await stillValid?.()).toBe(true)
    await new Promise(setImmediate)
    expect(authenticate).toHaveBeenCalledTimes(4)
    expect(logged).toHaveLength(1)
  })
})

describe('handlers of events', () => {
  const asked = async (author: Auth, event: 'threads:read' | 'threads:create' = 'threads:read', value = {}) =>
    (await signIn(author.authenticate(() => ({ identity: 'ada', permissions: ['p'] })))(request())).authorize?.(
      event,
      value,
    )

  test('the most specific handler decides alone', async () => {
    const called: string[] = []
    const author = new Auth()
    const order = ['*', '*:read', 'threads', 'threads:read'] as const
    for (const [index, event] of order.entries()) {
      author.on(event, () => {
        called.push(event)
        return { owner: event }
      })
      await asked(author)
      expect(called).toEqual(order.slice(0, index + 1))
    }
  })

  test('a handler gets the event, its parts, the value, the user and the permissions, and may change the value', async () => {
    const value: { metadata: Record<string, unknown> } = { metadata: {} }
    let given: unknown
    const author = new Auth().on('threads:create', (all) => {
      given = all
      all.value.metadata = { ...all.value.metadata, owner: all.user.identity }
    })
    expect(await asked(author, 'threads:create', value)).toBeUndefined()
    expect(given).toMatchObject({
      event: 'threads:create',
      resource: 'threads',
      action: 'create',
      user: { identity: 'ada' },
      permissions: ['p'],
    })
    expect(value.metadata).toEqual({ owner: 'ada' })
  })

  test('one handler can be for several events', async () => {
    const author = new Auth().on(['threads:read', 'store:put'], () => false)
    await expect(asked(author)).rejects.toMatchObject({ status: 403 })
    expect(await asked(author, 'threads:create')).toBeUndefined()
  })

  test('true, nothing and a filter allow, and false is 403', async () => {
    for (const answer of [true, undefined, null]) {
      expect(await asked(new Auth().on('*', () => answer as undefined))).toBeUndefined()
    }
    expect(await asked(new Auth().on('*', () => ({ owner: 'ada' })))).toEqual({
      all: [{ key: 'owner', equals: 'ada' }],
    })
    await expect(asked(new Auth().on('*', () => false))).rejects.toMatchObject({ status: 403 })
  })

  test.each([
    ['undefined in a filter', { owner: undefined }],
    ['a text', 'ada'],
    ['a number', 0],
  ])('%s is a failure of the handler: 503', async (_, answer) => {
    await expect(asked(new Auth().on('*', () => answer as unknown as boolean))).rejects.toMatchObject({ status: 503 })
  })

  test('an HTTPException of a handler is answered, and any other error is 503', async () => {
    const throwing = (error: Error): Auth =>
      new Auth().on('*', async () => {
        throw error
      })
    await expect(asked(throwing(new HTTPException(402, { message: 'pay' })))).rejects.toMatchObject({
      status: 402,
      message: 'pay',
    })
    await expect(asked(throwing(new Error('planted')))).rejects.toMatchObject({ status: 503 })
  })
})
