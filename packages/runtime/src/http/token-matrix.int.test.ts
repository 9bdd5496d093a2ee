import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { faultyTokens } from '../fixtures/faulty-tokens.ts'
import { audience, type OidcIssuer, startOidcIssuer } from '../fixtures/oidc-issuer.ts'
import { expectations } from '../fixtures/route-expectations.ts'
import { routeRequest } from '../fixtures/route-request.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
let issuer: OidcIssuer
let server: TestServer
beforeAll(async () => {
  issuer = await startOidcIssuer()
  const access = { kind: 'oidc', issuer: issuer.url, audience, defaultRoles: ['administer'] }
  server = await startTestServer(database(), { ACCESS: JSON.stringify(access) })
})
afterAll(async () => {
  await server?.drain()
  await issuer?.close()
})

const routes = Object.keys(expectations)

/** Sends requests with the same headers to all routes at the same time: tokens with unknown keys wait for one fetch of the issuer's keys together. */
const answersOf = (headers: Readonly<Record<string, string>>, query?: string) =>
  Promise.all(routes.map(async (route) => ({ route, ...(await routeRequest(server.url, route, headers, query)) })))

test('every route accepts a valid token of the issuer', async () => {
  const answers = await answersOf({ authorization: `Bearer ${await issuer.sign()}` })
  expect(answers.length).toBeGreaterThan(40)
  expect(answers.filter(({ status }) => [401, 403].includes(status) || status >= 500)).toEqual([])
})

test.each(faultyTokens)('every route refuses a token with $fault with 401 and the reason', async ({ make, reason }) => {
  const answers = await answersOf({ authorization: `Bearer ${await make(issuer)}` })
  expect(answers.filter(({ status, detail }) => status !== 401 || !reason.test(detail))).toEqual([])
})

test('no route accepts a valid token in another place than the header Authorization', async () => {
  const token = await issuer.sign()
  const places: readonly Record<string, string>[] = [
    { 'x-api-key': token },
    { cookie: `authorization=Bearer ${token}` },
    { authorization: token },
  ]
  for (const headers of places) expect((await answersOf(headers)).filter(({ status }) => status !== 401)).toEqual([])
  const inQuery = await answersOf({}, `?authorization=Bearer%20${token}&access_token=${token}`)
  expect(inQuery.filter(({ status }) => status !== 401)).toEqual([])
})
