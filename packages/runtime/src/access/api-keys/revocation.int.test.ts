import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { type DatabaseLink, databaseLinks } from '../../fixtures/database-link.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { type MadeKey, makeKey } from '../../fixtures/make-key.ts'
import { runProgram } from '../../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { notifyOfKeys } from '../../store/queries/api-keys.ts'
import { newKeyText } from './key-text.ts'

const database = createDatabase()
const links = databaseLinks()
const accessOf = (trustSeconds: number) => ({ ACCESS: JSON.stringify({ kind: 'api-keys', trustSeconds }) })
const status = async (key: string, { url }: TestServer, path = '/info'): Promise<number> =>
  (await fetch(url + path, { headers: { 'x-api-key': key } })).status
/** Revokes a key without a notification. */
const revokeSilently = (key: MadeKey) =>
  withClient(database(), (client) =>
    client.query('UPDATE hadal.api_key SET revoked_at = now() WHERE key_id = $1', [key.id]),
  )

describe('a revoked key', () => {
  const servers: TestServer[] = []
  beforeAll(async () => {
    servers.push(await startTestServer(database(), accessOf(300)), await startTestServer(database(), accessOf(300)))
  })
  afterAll(() => Promise.all(servers.map((server) => server.drain())))

  test('is refused by every server once the command has ended', async () => {
    const key = await makeKey(database(), { user: 'ada', roles: ['read'] })
    expect(await Promise.all(servers.map((server) => status(key.text, server)))).toEqual([200, 200])
    expect(await runProgram(['keys', 'revoke', key.id], { DATABASE_URL: database() })).toMatchObject({ code: 0 })
    expect(await Promise.all(servers.map((server) => status(key.text, server)))).toEqual([401, 401])
  })

  test('is refused after the notification, however short the time since its verification', async () => {
    const key = await makeKey(database(), { user: 'ada', roles: ['read'] })
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      for (const server of servers) expect(await status(key.text, server)).toBe(200)
      await revokeSilently(key)
      await withClient(database(), notifyOfKeys)
      for (const server of servers) {
        await eventually(
          () => status(key.text, server),
          (found) => found === 401,
        )
      }
    } finally {
      vi.useRealTimers()
    }
  })

  test('is refused soon, although the notification was lost', async () => {
    const key = await makeKey(database(), { user: 'ada', roles: ['read'] })
    for (const server of servers) await status(key.text, server)
    await revokeSilently(key)
    for (const server of servers)
      await eventually(
        () => status(key.text, server),
        (found) => found === 401,
      )
  })
})

test('a key is verified with each request while the server does not listen for notifications', async () => {
  const direct = await links(database())
  const server = await startTestServer(database(), { ...accessOf(300), DATABASE_DIRECT_URL: direct.url })
  try {
    const keys = await Promise.all([1, 2, 3].map(() => makeKey(database(), { user: 'ada', roles: ['read'] })))
    direct.cut()
    await eventually(
      () => server.logged,
      (lines) => lines.some(({ event }) => event === 'listener_lost'),
    )
    for (const key of keys) {
      expect(await status(key.text, server)).toBe(200)
      await revokeSilently(key)
      expect(await status(key.text, server)).toBe(401)
    }
  } finally {
    await server.drain()
  }
})

describe('while the database is away', () => {
  const begun: TestServer[] = []
  afterAll(() => Promise.all(begun.map((server) => server.drain())))

  async function cutOff(trustSeconds: number): Promise<{ server: TestServer; key: MadeKey; link: DatabaseLink }> {
    const link = await links(database())
    const server = await startTestServer(link.url, { ...accessOf(trustSeconds), DATABASE_POOL_TIMEOUT_SECONDS: '2' })
    begun.push(server)
    const key = await makeKey(database(), { user: 'ada', roles: ['read'] })
    expect(await status(key.text, server)).toBe(200)
    return { server, key, link }
  }

  test.each(['cut', 'swallow'] as const)(
    'a key that was verified shortly before is accepted, and an unknown one gets 503 (%s)',
    async (how) => {
      const { server, key, link } = await cutOff(300)
      link[how]()
      expect(await status(key.text, server)).toBe(200)
      const response = await fetch(`${server.url}/info`, { headers: { 'x-api-key': newKeyText() } })
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
      expect(((await response.json()) as { detail: string }).detail).toContain("Your credential can't be verified now")
      link.restore()
      await eventually(
        () => status(newKeyText(), server),
        (found) => found === 401,
      )
      expect(await status(key.text, server)).toBe(200)
    },
  )

  test('no key is accepted if trustSeconds is 0', async () => {
    const { server, key, link } = await cutOff(0)
    link.cut()
    expect(
      await eventually(
        () => status(key.text, server),
        (found) => found !== 200,
      ),
    ).toBe(503)
    link.restore()
    await eventually(
      () => status(key.text, server),
      (found) => found === 200,
    )
  })
})
