import { generateFernetKey } from '@hadal/platform/fernet'
import { describe, expect, test } from 'vitest'
import { authorAgent, authorAuth, clientAs, useAuthorServer } from '../../fixtures/author-sign-in.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { runProgram } from '../../fixtures/server-process.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { writeProject } from '../../fixtures/write-project.ts'

const database = createDatabase()
const server = useAuthorServer(database)
const as = (authorization: string) => clientAs(server(), authorization)

describe('authenticate', () => {
  test('an HTTPException is the response, and another error is 503 without its text', async () => {
    const nobody = await fetch(`${server().url}/threads/search`, { method: 'POST', body: '{}' })
    expect([nobody.status, await nobody.json()]).toEqual([401, { detail: 'Sign in first.' }])
    const broken = await fetch(`${server().url}/info`, { headers: { authorization: 'broken' } })
    expect(broken.status).toBe(503)
    expect(await broken.text()).not.toContain('planted')
    expect(server().logged).toContainEqual(
      expect.objectContaining({ event: 'auth_handler_failed', handler: 'authenticate' }),
    )
  })

  test('refusals and failures are counted by their outcome', async () => {
    const text = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
    expect(text).toMatch(/sign_ins_total{[^}]*kind="custom",outcome="invalid"[^}]*} [1-9]/)
    expect(text).toMatch(/sign_ins_total{[^}]*kind="custom",outcome="unavailable"[^}]*} [1-9]/)
  })

  test('the start says which events have no handler, and who shares a tenant', () => {
    expect(server().logged).toContainEqual(expect.objectContaining({ event: 'one_tenant' }))
  })

  test("Studio's header is no way in on a server that others reach", async () => {
    const studio = await fetch(`${server().url}/info`, { headers: { 'x-auth-scheme': 'langsmith' } })
    expect(studio.status).toBe(401)
  })
})

test.each([
  [
    'a sign-in of its own, which the environment does not choose',
    { kind: 'api-keys' },
    true,
    /access\.kind "api-keys".*remove "auth"/,
  ],
  ['a sign-in of its own, on an open server', { kind: 'open' }, true, /less protected than the file says/],
  ['none, which the environment chooses', { kind: 'custom' }, false, /names no sign-in/],
])('a project with %s does not start', async (_, access, hasAuth, sentence) => {
  const other = writeProject({
    'langgraph.json': {
      graphs: { agent: './agent.ts:graph' },
      ...(hasAuth ? { auth: { path: './auth.ts:auth' } } : {}),
    },
    'agent.ts': authorAgent,
    'auth.ts': authorAuth,
  })
  try {
    const variables = { AGENTS_CONFIG: other.config, ACCESS: JSON.stringify(access) }
    await expect(startTestServer(database(), variables)).rejects.toThrow(sentence)
  } finally {
    other.remove()
  }
})

test.each([
  ['a missing module', './other.ts:auth', /does not exist/],
  ['a missing export', './auth.ts:other', /it exports auth/],
  ['something that is not an Auth', './agent.ts:graph', /not an Auth/],
])('auth.path with %s does not start', async (_, path, sentence) => {
  const other = writeProject({
    'langgraph.json': { graphs: { agent: './agent.ts:graph' }, auth: { path } },
    'agent.ts': authorAgent,
    'auth.ts': authorAuth,
  })
  try {
    const variables = { AGENTS_CONFIG: other.config, ACCESS: '{"kind":"custom"}', ENCRYPTION_KEY: generateFernetKey() }
    await expect(startTestServer(database(), variables)).rejects.toThrow(sentence)
  } finally {
    other.remove()
  }
})

test('a token in the user object reaches the nodes of the run, and is not shown', async () => {
  const mailer = as('mailer')
  const { thread_id } = await mailer.threads.create()
  expect(await mailer.runs.wait(thread_id, 'seen', { input: {} })).toEqual({ text: 'mailer 16' })
  expect(await as('other').runs.wait(null, 'seen', { input: {} })).toEqual({ text: 'other 0' })
  const shown = [await mailer.runs.list(thread_id), await mailer.threads.getHistory(thread_id)]
  expect(JSON.stringify(shown)).not.toContain('canary')
})

test('a sign-in of the author needs ENCRYPTION_KEY, for the fields of its user objects', async () => {
  const variables = { AGENTS_CONFIG: server().config, ACCESS: '{"kind":"custom"}' }
  await expect(startTestServer(database(), variables)).rejects.toThrow(/"custom" .*ENCRYPTION_KEY_FILE/)
})

test('serve --studio needs a loopback address', async () => {
  const variables = {
    DATABASE_URL: database(),
    AGENTS_CONFIG: server().config,
    ACCESS: '{"kind":"custom"}',
    HOST: '0.0.0.0',
  }
  const { code, errors } = await runProgram(['serve', '--studio'], variables)
  expect([code, errors]).toEqual([1, expect.stringContaining('--studio lets everyone in who reaches the server')])
})
