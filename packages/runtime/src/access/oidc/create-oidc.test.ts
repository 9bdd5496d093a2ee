import { setTimeout as pause } from 'node:timers/promises'
import { Access } from '@hadal/platform/access'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { faultyTokens } from '../../fixtures/faulty-tokens.ts'
import { audience, newSigningKey, type OidcIssuer, startOidcIssuer } from '../../fixtures/oidc-issuer.ts'
import type { Authenticate } from '../authenticate.ts'
import type { Caller } from '../caller.ts'
import type { OidcAccess } from './caller-of-claims.ts'
import { createOidc } from './create-oidc.ts'
import { type KeyTimes, keyTimes } from './issuer-keys.ts'

let issuer: OidcIssuer
beforeAll(async () => {
  issuer = await startOidcIssuer()
})
afterAll(() => issuer.close())

const logged: string[] = []
const log = pino({}, { write: (line: string) => void logged.push(line) })
/** Waits until assertions hold. */
const eventually = (look: () => unknown): Promise<unknown> => vi.waitFor(look, { timeout: 30_000, interval: 20 })

function accessOf(fields: object = {}, of: OidcIssuer = issuer): OidcAccess {
  const access = Access.parse({ kind: 'oidc', issuer: of.url, audience, ...fields })
  if (access.kind !== 'oidc') throw new Error('The access is of another kind.')
  return access
}

const signIn = (fields: object = {}, times?: Partial<KeyTimes>, of?: OidcIssuer): Authenticate =>
  createOidc(accessOf(fields, of), log, { ...keyTimes, ...times })

const callerOf = (authenticate: Authenticate, token: string): Promise<Caller> =>
  authenticate(new Request('http://server/threads', { headers: { authorization: `Bearer ${token}` } }))

const now = (): number => Math.floor(Date.now() / 1_000)

test('knows the user, tenant and roles of a token that the provider has issued', async () => {
  issuer.claims.set('ada', { name: 'Ada', org: { id: 'acme' }, realm_access: { roles: ['approve', 'offline_access'] } })
  const claims = { tenant: 'org.id', roles: 'realm_access.roles' }
  const caller = await callerOf(signIn({ claims }), await issuer.token('ada'))
  expect(caller).toMatchObject({
    tenant: 'acme',
    user: 'ada',
    roles: new Set(['approve']),
    scope: { tenant: 'acme', owner: 'ada', sees: 'waiting' },
    identity: { identity: 'ada', display_name: 'Ada', is_authenticated: true, permissions: ['approve'] },
  })
})

test('without claims for tenant and roles, users have the default roles in one tenant', async () => {
  const caller = await callerOf(signIn(), await issuer.sign({ roles: ['administer'] }))
  expect(caller).toMatchObject({ tenant: 'default', roles: new Set(['read', 'run']), scope: { sees: 'own' } })
})

test('gives the roles of the values that access.roles lists, and no others', async () => {
  const fields = { claims: { roles: 'groups' }, roles: { ops: ['administer'] } }
  const rolesOf = async (groups: unknown) => (await callerOf(signIn(fields), await issuer.sign({ groups }))).roles
  expect(await rolesOf(['ops', 'approve'])).toEqual(new Set(['administer']))
  expect(await rolesOf(['constructor', '__proto__'])).toEqual(new Set())
  expect(await rolesOf('ops staff')).toEqual(new Set(['administer']))
})

test('a claim whose name has periods is found by its whole name', async () => {
  const name = 'https://app.example.com/tenant'
  expect((await callerOf(signIn({ claims: { tenant: name } }), await issuer.sign({ [name]: 'acme' }))).tenant).toBe(
    'acme',
  )
})

const wrongClaims: readonly [string, object, RegExp][] = [
  ['no tenant', {}, /claim "tenant" of the token is missing/],
  ['a null tenant', { tenant: null }, /claim "tenant" of the token is missing/],
  ['an empty tenant', { tenant: ' ' }, /claim "tenant" of the token is empty/],
  ['a tenant that is a list', { tenant: ['acme'] }, /claim "tenant" of the token is not a string/],
  ['a tenant with a control character', { tenant: 'a\0b' }, /claim "tenant" of the token has characters/],
  ['a tenant that is too long', { tenant: 'a'.repeat(256) }, /claim "tenant" of the token has more than 255/],
  ['no user', { tenant: 'acme', sub: undefined }, /claim "sub" of the token is missing/],
  ['a user that is a number', { tenant: 'acme', sub: 7 }, /claim "sub" of the token/],
  [
    'roles that are an object',
    { tenant: 'acme', roles: { administer: true } },
    /claim "roles" of the token is neither/,
  ],
  ['roles that are not all strings', { tenant: 'acme', roles: ['read', 1] }, /claim "roles" of the token is neither/],
]
test.each(wrongClaims)('refuses %s with 401 that names the claim', async (_, claims, sentence) => {
  const authenticate = signIn({ claims: { tenant: 'tenant', roles: 'roles' } })
  const token = await issuer.sign(claims as Record<string, unknown>)
  await expect(callerOf(authenticate, token)).rejects.toMatchObject({
    status: 401,
    message: expect.stringMatching(sentence),
  })
})

test.each(faultyTokens)(
  'refuses a token with $fault with 401, a reason, and no part of it',
  async ({ make, reason }) => {
    const token = await make(issuer)
    const refusal = await callerOf(signIn({}, { cooldown: 10 }), token).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ status: 401, message: expect.stringMatching(reason) })
    for (const part of token.split('.').filter((text) => text.length > 12)) expect(String(refusal)).not.toContain(part)
  },
)

test('refuses a request without a bearer token', async () => {
  const authenticate = signIn()
  await expect(authenticate(new Request('http://server/'))).rejects.toMatchObject({ outcome: 'missing', status: 401 })
  const basic = new Request('http://server/', { headers: { authorization: 'Basic YWRhOnNlY3JldA==' } })
  await expect(authenticate(basic)).rejects.toMatchObject({ outcome: 'invalid', status: 401 })
})

test('accepts a difference of the clocks up to access.clockSkewSeconds', async () => {
  const late = await issuer.sign({ exp: now() - 20 })
  expect((await callerOf(signIn(), late)).user).toBe('ada')
  await expect(callerOf(signIn({ clockSkewSeconds: 5 }), late)).rejects.toMatchObject({ outcome: 'expired' })
})

test('a token ends while a request of its caller is open', async () => {
  const authenticate = signIn({ clockSkewSeconds: 0 })
  const caller = await callerOf(authenticate, await issuer.sign({ exp: now() + 5 }))
  expect(await caller.stillValid?.()).toBe(true)
  await eventually(async () => expect(await caller.stillValid?.()).toBe(false))
})

test('a rotation under load refuses no valid token, and tokens of a dropped key end', async () => {
  const rotating = await startOidcIssuer()
  try {
    const authenticate = signIn({}, { cooldown: 200, refresh: 400 }, rotating)
    const old = await rotating.token('ada')
    const caller = await callerOf(authenticate, old)
    const refused: unknown[] = []
    let accepted = 0
    let running = true
    const load = Array.from({ length: 20 }, async () => {
      while (running) {
        // Each request has the newest token, so the first one after a rotation has a key that the server does not know.
        await callerOf(authenticate, await rotating.sign({})).then(
          () => {
            accepted += 1
          },
          (error: unknown) => refused.push(error),
        )
        await pause(1)
      }
    })
    for (let round = 0; round < 3; round += 1) {
      const before = accepted
      await rotating.rotate()
      expect((await callerOf(authenticate, old)).user).toBe('ada')
      await eventually(() => expect(accepted).toBeGreaterThan(before + 100))
    }
    rotating.dropOldKeys()
    await eventually(async () => {
      await expect(callerOf(authenticate, old)).rejects.toMatchObject({ status: 401 })
    })
    expect(await caller.stillValid?.()).toBe(false)
    running = false
    await Promise.all(load)
    expect(refused).toEqual([])
  } finally {
    await rotating.close()
  }
})

test('a flood of unknown keys causes one fetch per cooldown, and does not hold up valid tokens', async () => {
  const flooded = await startOidcIssuer()
  try {
    const cooldown = 500
    const authenticate = signIn({}, { cooldown }, flooded)
    const valid = await flooded.sign({})
    await callerOf(authenticate, valid)
    const before = flooded.fetches()
    const stranger = await newSigningKey('stranger')
    const tokens = await Promise.all(
      Array.from({ length: 150 }, (_, index) => flooded.sign({}, { kid: `stranger-${index}` }, stranger)),
    )
    const strangers = tokens.map((token) => callerOf(authenticate, token).catch((error: unknown) => error))
    await callerOf(authenticate, valid)
    expect(flooded.fetches()).toBe(before)
    for (const error of await Promise.all(strangers)) expect(error).toMatchObject({ status: 401 })
    // A fetch is two requests: the discovery document and the keys.
    expect(flooded.fetches()).toBe(before + 2)
    const begun = performance.now()
    for (const token of tokens.slice(0, 3)) {
      await expect(callerOf(authenticate, token)).rejects.toMatchObject({ status: 401 })
    }
    const mostFetches = (performance.now() - begun) / cooldown + 1
    expect((flooded.fetches() - before - 2) / 2).toBeLessThanOrEqual(mostFetches)
  } finally {
    await flooded.close()
  }
})

test('while the issuer is away, cached keys verify for a limited time; then tokens get 503', async () => {
  const leaving = await startOidcIssuer()
  try {
    const authenticate = signIn({}, { cooldown: 20, refresh: 50, stale: 5_000 }, leaving)
    const token = await leaving.sign({})
    await callerOf(authenticate, token)
    leaving.answerBy((_, response) => response.writeHead(500).end())
    // The keys are due now, and can't be fetched.
    await pause(60)
    expect((await callerOf(authenticate, token)).user).toBe('ada')
    expect((await callerOf(authenticate, token)).user).toBe('ada')
    await eventually(async () => {
      await expect(callerOf(authenticate, token)).rejects.toMatchObject({ status: 503, outcome: 'unavailable' })
    })
    leaving.answerBy(undefined)
    await eventually(async () => expect((await callerOf(authenticate, token)).user).toBe('ada'))
  } finally {
    await leaving.close()
  }
})

/** A discovery document whose keys are those of an issuer. */
async function documentsOf(bad: OidcIssuer): Promise<{ document: Record<string, unknown>; keys: object }> {
  const document = (await (await fetch(`${bad.url}/.well-known/openid-configuration`)).json()) as { jwks_uri: string }
  return { document, keys: (await (await fetch(document.jwks_uri)).json()) as object }
}

type Documents = Awaited<ReturnType<typeof documentsOf>>
const badAnswers: readonly [string, (path: string, documents: Documents) => [number, object | string]][] = [
  [
    'a redirect',
    (path, { document, keys }) => {
      if (path === '/moved') return [200, document]
      return path === '/jwks' ? [200, keys] : [302, '/moved']
    },
  ],
  [
    'too much',
    (path, { document, keys }) =>
      path === '/jwks' ? [200, keys] : [200, { ...document, filling: 'x'.repeat(600_000) }],
  ],
  ['something else than JSON', () => [200, '<html>']],
  [
    'the document of another issuer',
    (path, { document, keys }) =>
      path === '/jwks' ? [200, keys] : [200, { ...document, issuer: 'https://other.example.com' }],
  ],
  ['keys that are not a set', (path, { document }) => (path === '/jwks' ? [200, { keys: 'none' }] : [200, document])],
]
test.each(badAnswers)('an issuer that answers with %s verifies no token: 503', async (_, answer) => {
  const bad = await startOidcIssuer()
  try {
    const token = await bad.sign({})
    const documents = await documentsOf(bad)
    bad.answerBy(({ url = '' }, response) => {
      const [status, body] = answer(url, documents)
      if (status === 302) response.writeHead(302, { location: String(body) }).end()
      else response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
    })
    await expect(callerOf(signIn({}, {}, bad), token)).rejects.toMatchObject({ status: 503 })
  } finally {
    await bad.close()
  }
})

test('an issuer that does not answer in time verifies no token: 503', async () => {
  const bad = await startOidcIssuer()
  try {
    const token = await bad.sign({})
    bad.answerBy(() => {})
    await expect(callerOf(signIn({}, { timeout: 300 }, bad), token)).rejects.toMatchObject({ status: 503 })
  } finally {
    await bad.close()
  }
})

test('keys at an unprotected address of another machine are not fetched', async () => {
  const bad = await startOidcIssuer()
  try {
    bad.answerBy((_, response) => {
      response.end(JSON.stringify({ issuer: bad.url, jwks_uri: 'http://keys.example.com/jwks' }))
    })
    logged.length = 0
    await expect(callerOf(signIn({}, {}, bad), await bad.sign({}))).rejects.toMatchObject({ status: 503 })
    expect(logged.join()).toContain('has no https address in \\"jwks_uri\\"')
    expect(() => accessOf({ issuer: 'http://issuer.example.com' })).toThrow(/https/)
    expect(() => accessOf({ issuer: 'http://127.0.0.1.example.com' })).toThrow(/https/)
  } finally {
    await bad.close()
  }
})
