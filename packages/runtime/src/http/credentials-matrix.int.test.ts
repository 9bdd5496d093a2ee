import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newKeyText } from '../access/api-keys/key-text.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { makeKey } from '../fixtures/make-key.ts'
import { expectations } from '../fixtures/route-expectations.ts'
import { routeRequest } from '../fixtures/route-request.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
let server: TestServer
/** Texts of keys of an administrator, by what is wrong with them. */
const keys: Record<string, string> = {}
beforeAll(async () => {
  server = await startTestServer(database(), { ACCESS: JSON.stringify({ kind: 'api-keys' }) })
  for (const state of ['valid', 'expired', 'revoked']) {
    const { id, text } = await makeKey(database(), { user: 'ada', roles: ['administer'] })
    const change = { expired: 'expires_at = now()', revoked: 'revoked_at = now()' }[state]
    if (change)
      await withClient(database(), (sql) => sql.query(`UPDATE hadal.api_key SET ${change} WHERE key_id = $1`, [id]))
    keys[state] = text
  }
  keys.unknown = newKeyText()
  keys.changed = `${keys.valid?.slice(0, -8)}aaaaaaaa`
})
afterAll(() => server?.drain())

const statusOf = async (route: string, headers: Readonly<Record<string, string>>, query?: string): Promise<number> =>
  (await routeRequest(server.url, route, headers, query)).status

describe.each(Object.keys(expectations))('%s', (route) => {
  test.each(['expired', 'revoked', 'unknown', 'changed'])('refuses a key that is %s', async (state) => {
    const key = keys[state] ?? ''
    expect(await statusOf(route, { 'x-api-key': key })).toBe(401)
    expect(await statusOf(route, { authorization: `Bearer ${key}` })).toBe(401)
  })

  test('accepts a valid key, and no credentials in another place', async () => {
    expect(await statusOf(route, { 'x-api-key': keys.valid ?? '' })).not.toBe(401)
    for (const headers of [{}, { cookie: `x-api-key=${keys.valid}` }, { 'x-person': '{}' }])
      expect(await statusOf(route, headers as Record<string, string>)).toBe(401)
    expect(await statusOf(route, {}, `?x-api-key=${keys.valid}`)).toBe(401)
  })
})
