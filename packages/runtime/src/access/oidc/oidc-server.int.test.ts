import { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { audience, type OidcIssuer, startOidcIssuer } from '../../fixtures/oidc-issuer.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'

const database = createDatabase()
let issuer: OidcIssuer
let server: TestServer
beforeAll(async () => {
  issuer = await startOidcIssuer(['ada', 'bob', 'eve', 'root'])
  const org = { id: 'acme' }
  issuer.claims.set('ada', { org })
  issuer.claims.set('bob', { org })
  issuer.claims.set('root', { org, groups: ['admins'] })
  issuer.claims.set('eve', { org: { id: 'other' } })
  const access = {
    kind: 'oidc',
    issuer: issuer.url,
    audience,
    clockSkewSeconds: 0,
    claims: { tenant: 'org.id', roles: 'groups' },
    roles: { admins: ['administer'] },
  }
  server = await startTestServer(database(), { ACCESS: JSON.stringify(access) })
})
afterAll(async () => {
  await server.drain()
  await issuer.close()
})

const by = (token: string): Client =>
  new Client({
    apiUrl: server.url,
    apiKey: null,
    defaultHeaders: { authorization: `Bearer ${token}` },
    callerOptions: { maxRetries: 0 },
  })
const as = async (clientId: string): Promise<Client> => by(await issuer.token(clientId))

test('users of an issuer see their own threads, administrators those of their tenant', async () => {
  const ada = await as('ada')
  const { thread_id: id } = await ada.threads.create()
  expect(await ada.runs.wait(id, 'echo', { input: { text: 'a' } })).toBeTruthy()
  for (const other of ['bob', 'eve']) {
    await expect((await as(other)).threads.get(id)).rejects.toMatchObject({ status: 404 })
    await expect((await as(other)).runs.wait(id, 'echo', { input: {} })).rejects.toMatchObject({ status: 404 })
  }
  expect((await (await as('root')).threads.get(id)).thread_id).toBe(id)
})

test('the audit has the sign-in of an administrator once per hour, with a pseudonym, and none of another user', async () => {
  const [root, ada] = [await as('root'), await as('ada')]
  for (const client of [root, ada, root]) await client.threads.search()
  const signIns = () =>
    withClient(database(), async (client) => {
      const { rows } = await client.query(
        `SELECT audit.tenant, known.owner FROM hadal.audit AS audit JOIN hadal.pseudonym AS known ON known.pseudonym::text = audit.actor
         WHERE action = 'administrator.signed-in' AND audit.owner = known.pseudonym`,
      )
      return rows
    })
  await eventually(signIns, (rows) => rows.length > 0)
  // Another process records the same user.
  await withClient(database(), (client) => client.query("SELECT hadal.audit_sign_in_v1('acme', 'root')"))
  expect(await signIns()).toEqual([{ tenant: 'acme', owner: 'root' }])
})

test('a request without a token, or with a wrong one, is 401 with a reason on every route', async () => {
  for (const path of ['/info', '/docs', '/openapi.json', '/threads/x', '/runs/x/stream', '/nowhere']) {
    const response = await fetch(server.url + path)
    expect([path, response.status]).toEqual([path, 401])
  }
  const wrong = await fetch(`${server.url}/info`, {
    headers: { authorization: `Bearer ${await issuer.sign({ aud: 'https://other.example.com' })}` },
  })
  expect([wrong.status, await wrong.json()]).toEqual([
    401,
    { detail: `The token is not for the audience "${audience}".` },
  ])
  for (const path of ['/health', '/ok']) expect((await fetch(server.url + path)).status).toBe(200)
})

test('an open stream ends when its token expires', async () => {
  const ada = await as('ada')
  const { thread_id: id } = await ada.threads.create()
  const exp = Math.floor(Date.now() / 1_000) + 6
  const token = await issuer.sign({ sub: 'ada', org: { id: 'acme' }, exp })
  const stream = await fetch(`${server.url}/threads/${id}/stream`, { headers: { authorization: `Bearer ${token}` } })
  expect(stream.status).toBe(200)
  const ended = (async () => {
    for await (const _ of stream.body ?? []);
  })()
  await expect(ended).rejects.toThrow()
  expect(Date.now() / 1_000).toBeGreaterThanOrEqual(exp)
  await expect(by(token).threads.get(id)).rejects.toMatchObject({ status: 401 })
  await eventually(
    () => server.logged,
    (lines) => lines.some(({ event }) => event === 'request_cut_after_sign_in_ended'),
  )
})
