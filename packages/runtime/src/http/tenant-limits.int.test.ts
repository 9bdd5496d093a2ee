import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { generateFernetKey } from '@hadal/platform/fernet'
import { Client } from '@langchain/langgraph-sdk'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { makeKey } from '../fixtures/make-key.ts'
import { clientOf, fixtureAgents, startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { writeProject } from '../fixtures/write-project.ts'

const folder = mkdtempSync(join(tmpdir(), 'hadal-limits-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
/** Project whose users send "name@tenant" as the header authorization. */
const project = writeProject({
  'auth.ts': `
    import { Auth, HTTPException } from '@langchain/langgraph-sdk/auth'
    export const auth = new Auth().authenticate((request) => {
      const [identity, tenant] = (request.headers.get('authorization') ?? '').split('@')
      if (!identity) throw new HTTPException(401, { message: 'Sign in first.' })
      if (identity === 'guess') throw new HTTPException(403, { message: 'This session is unknown.' })
      if (identity === 'busy') throw new HTTPException(429, { message: 'The sign-in is busy.' })
      return { identity, tenant, permissions: [] }
    }).on('threads:search', ({ user }) => {
      if (user.identity === 'denied') throw new HTTPException(401, { message: 'Sign in again.' })
    })`,
})
writeFileSync(
  project.config,
  JSON.stringify({
    graphs: Object.fromEntries(
      ['steps', 'echo'].map((name) => [
        name,
        `./${relative(project.folder, join(import.meta.dirname, `../fixtures/agents/${name}.ts`))}:graph`,
      ]),
    ),
    auth: { path: './auth.ts:auth' },
  }),
)
afterAll(() => project.remove())
const database = createDatabase()
const opened: TestServer[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.drain()
  await withClient(database(), (client) => client.query('TRUNCATE pgboss.job, hadal.thread, hadal.ready_run CASCADE'))
})

async function start(variables: Readonly<Record<string, string>>): Promise<TestServer> {
  const server = await startTestServer(database(), {
    ACCESS: '{"kind":"custom"}',
    ENCRYPTION_KEY: generateFernetKey(),
    AGENTS_CONFIG: project.config,
    ...variables,
  })
  opened.push(server)
  return server
}

/** Client of a user, without retries. */
const clientAs = ({ url }: TestServer, tenant: string, user: string): Client =>
  new Client({
    apiUrl: url,
    apiKey: null,
    callerOptions: { maxRetries: 0 },
    defaultHeaders: { authorization: `${user}@${tenant}` },
  })

/** Starts a run on a new thread. */
const run = (client: Client, input: Record<string, unknown> = { steps: 1 }) =>
  client.threads.create().then(({ thread_id }) => client.runs.create(thread_id, 'steps', { input }))

/** Number of waiting runs of a tenant. */
const waiting = (tenant: string): Promise<number> =>
  withClient(database(), async (client) => {
    const text = "SELECT count(*)::int FROM hadal.run WHERE tenant = $1 AND status = 'pending'"
    return (await client.query(text, [tenant])).rows[0]?.count
  })

let gates = 0
/** Path of a file for which the third step of a run waits, and a function that writes it. */
function gate(): { path: string; open: () => void } {
  gates += 1
  const path = join(folder, `gate ${gates}`)
  return { path, open: () => writeFileSync(path, '') }
}

test('a tenant with many waiting runs does not starve another one on the only worker', async () => {
  const server = await start({ WORKER_CONCURRENCY: '1' })
  const [noisy, quiet] = [clientAs(server, 'noisy', 'ann'), clientAs(server, 'quiet', 'bob')]
  await noisy.runs.createBatch(Array(30).fill({ assistantId: 'steps', input: { steps: 2, pauseMs: 300 } }))
  const { thread_id } = await quiet.threads.create()
  await quiet.runs.wait(thread_id, 'steps', { input: { steps: 1 } })
  expect(await waiting('noisy')).toBeGreaterThan(0)
})

test('runs of a tenant above its limit wait although the worker has places, and start one by one', async () => {
  const server = await start({ WORKER_CONCURRENCY: '5', TENANT_LIMIT_RUNNING: '1' })
  const [one, other] = [clientAs(server, 'one', 'ann'), clientAs(server, 'other', 'bob')]
  const { path, open } = gate()
  const first = await run(one, { steps: 3, gate: path })
  await eventually(
    () => one.runs.get(first.thread_id, first.run_id),
    ({ status }) => status === 'running',
  )
  const more = [await run(one), await run(one)]
  // The run of another tenant starts and ends meanwhile.
  const { thread_id } = await other.threads.create()
  await other.runs.wait(thread_id, 'steps', { input: { steps: 1 } })
  for (const { thread_id, run_id } of more) expect((await one.runs.get(thread_id, run_id)).status).toBe('pending')
  open()
  for (const { thread_id, run_id } of [first, ...more]) {
    await one.runs.join(thread_id, run_id)
    expect((await one.runs.get(thread_id, run_id)).status).toBe('success')
  }
})

test('a user at its limit does not hold up another user of the tenant', async () => {
  const server = await start({ WORKER_CONCURRENCY: '5', USER_LIMIT_RUNNING: '1' })
  const [ann, bob] = [clientAs(server, 'one', 'ann'), clientAs(server, 'one', 'bob')]
  const { path, open } = gate()
  const first = await run(ann, { steps: 3, gate: path })
  await eventually(
    () => ann.runs.get(first.thread_id, first.run_id),
    ({ status }) => status === 'running',
  )
  const second = await run(ann)
  const { thread_id } = await bob.threads.create()
  await bob.runs.wait(thread_id, 'steps', { input: { steps: 1 } })
  expect((await ann.runs.get(second.thread_id, second.run_id)).status).toBe('pending')
  open()
  await ann.runs.join(second.thread_id, second.run_id)
})

test('waiting runs above the limit are refused with the way out, in a batch as a whole', async () => {
  const server = await start({ WORKER_CONCURRENCY: '1', USER_LIMIT_WAITING: '2', TENANT_LIMIT_WAITING: '3' })
  const [ann, bob, other] = [
    clientAs(server, 'one', 'ann'),
    clientAs(server, 'one', 'bob'),
    clientAs(server, 'other', 'ann'),
  ]
  const later = { input: { steps: 1 }, afterSeconds: 3_600 }
  const { thread_id } = await ann.threads.create()
  await ann.runs.create(thread_id, 'steps', later)
  const { run_id } = await ann.runs.create(thread_id, 'steps', later)
  const refused = await ann.runs.create(thread_id, 'steps', later).catch((error: Error) => error)
  expect(String(refused)).toMatch(/429[\s\S]*You have 2 waiting runs[\s\S]*limits\.queuedRunsPerUser/)
  expect(await ann.runs.list(thread_id)).toHaveLength(2)
  const batch = [
    { assistantId: 'steps', input: { steps: 1 }, afterSeconds: 3_600 },
    { assistantId: 'steps', input: { steps: 1 }, afterSeconds: 3_600 },
  ]
  await expect(bob.runs.createBatch(batch)).rejects.toThrow(/429[\s\S]*Your tenant has 3 waiting runs/)
  // No thread was made: the only one of the tenant is that of the first user.
  expect(await bob.threads.search()).toMatchObject([{ thread_id }])
  await other.runs.createBatch(batch)
  await ann.runs.cancel(thread_id, run_id)
  await ann.runs.create(thread_id, 'steps', later)
})

test('open streams and waits above the limit are refused before a run is accepted, until one is closed', async () => {
  const server = await start({ USER_LIMIT_STREAMS: '1', TENANT_LIMIT_STREAMS: '2' })
  const [ann, bob, carl] = [
    clientAs(server, 'one', 'ann'),
    clientAs(server, 'one', 'bob'),
    clientAs(server, 'one', 'carl'),
  ]
  const { path, open } = gate()
  const { thread_id, run_id } = await run(ann, { steps: 3, gate: path })
  /** Opens a stream, and returns when the server has it. */
  const openStream = async (user: string, id: string): Promise<AbortController> => {
    const closing = new AbortController()
    const response = await fetch(`${server.url}/threads/${id}/stream`, {
      headers: { authorization: `${user}@one` },
      signal: closing.signal,
    })
    expect(response.status).toBe(200)
    // Without a reader, the collection of garbage would close the stream.
    response.text().catch(() => {})
    return closing
  }
  const closing = await openStream('ann', thread_id)
  const isFull = () => ann.runs.join(thread_id, run_id).then(String, String)
  expect(await eventually(isFull, (text) => text.includes('429'))).toMatch(
    /You have 1 open streams[\s\S]*streamsPerUser/,
  )
  await expect(ann.runs.wait(null, 'steps', { input: { steps: 1 } })).rejects.toThrow('429')
  // A user of another tenant with the same id has a limit of its own.
  await clientAs(server, 'two', 'ann').runs.wait(null, 'steps', { input: { steps: 1 } })
  const { thread_id: ofBob } = await bob.threads.create()
  const closingBob = await openStream('bob', ofBob)
  const { thread_id: ofCarl } = await carl.threads.create()
  const tenantIsFull = () => carl.runs.wait(ofCarl, 'steps', { input: { steps: 1 } }).then(() => '', String)
  expect(await eventually(tenantIsFull, (text) => text.includes('429'))).toContain('Your tenant has 2 open streams')
  closingBob.abort()
  await eventually(tenantIsFull, (text) => text === '')
  closing.abort()
  open()
  await eventually(isFull, (text) => !text.includes('429'))
})

test('requests of a user and of a tenant above their limits are refused with 429', async () => {
  const server = await start({
    REQUEST_LIMIT_PER_MINUTE: '1',
    REQUEST_LIMIT_BURST: '3',
    TENANT_LIMIT_REQUESTS_PER_MINUTE: '4',
  })
  const [ann, bob, other] = [
    clientAs(server, 'one', 'ann'),
    clientAs(server, 'one', 'bob'),
    clientAs(server, 'other', 'ann'),
  ]
  for (let sent = 0; sent < 3; sent += 1) await ann.threads.count()
  await expect(ann.threads.count()).rejects.toThrow('429')
  await bob.threads.count()
  await expect(bob.threads.count()).rejects.toThrow('429')
  await other.threads.count()
})

test('an address is refused after failed sign-ins of any status, and not because a handler answers a user with 401', async () => {
  const server = await start({ REQUEST_LIMIT_PER_MINUTE: '1', REQUEST_LIMIT_BURST: '3' })
  const statusesOf = async (user: string): Promise<unknown[]> => {
    const statuses: unknown[] = []
    for (let sent = 0; sent < 5; sent += 1)
      statuses.push(
        await clientAs(server, 'one', user)
          .threads.search()
          .then(
            () => 200,
            (error: { status?: number }) => error.status,
          ),
      )
    return statuses
  }
  // Requests of the user have a limit of their own.
  expect(await statusesOf('denied')).toEqual([401, 401, 401, 429, 429])
  expect(await statusesOf('busy')).toEqual([429, 429, 429, 429, 429])
  expect((await statusesOf('ann')).slice(0, 3)).toEqual([200, 200, 200])
  expect(await statusesOf('guess')).toEqual([403, 403, 403, 429, 429])
  // The address is refused before the sign-in.
  expect((await statusesOf('bob'))[0]).toBe(429)
})

test('metadata and events above their limits are refused with the size and the way out', async () => {
  const server = await start({ METADATA_LIMIT_BYTES: '1024', EVENT_LIMIT_BYTES: '65536' })
  const client = clientAs(server, 'one', 'ann')
  await expect(client.threads.create({ metadata: { a: 'x'.repeat(1_100) } })).rejects.toThrow(
    /422[\s\S]*metadata: has \d+ bytes[\s\S]*limits\.metadataBytes/,
  )
  const { thread_id } = await client.threads.create()
  const large = { messages: [{ role: 'user', content: 'x'.repeat(70_000) }] }
  await expect(client.runs.wait(thread_id, 'echo', { input: large })).rejects.toThrow(/limits\.eventBytes/)
  expect(await client.threads.get(thread_id)).toMatchObject({ status: 'error' })
  await client.runs.wait(thread_id, 'steps', { input: { steps: 1 } })
})

test('the API keys of a user share the limits of the user, and those of another user have their own', async () => {
  const server = await start({
    ACCESS: '{"kind":"api-keys"}',
    AGENTS_CONFIG: fixtureAgents,
    REQUEST_LIMIT_PER_MINUTE: '1',
    REQUEST_LIMIT_BURST: '6',
    USER_LIMIT_WAITING: '1',
  })
  const withKey = async (user: string): Promise<Client> =>
    clientOf(server.url, (await makeKey(database(), { tenant: 'one', user, roles: ['read', 'run'] })).text)
  const [first, second, other] = [await withKey('ann'), await withKey('ann'), await withKey('bob')]
  const later = { input: { steps: 1 }, afterSeconds: 3_600 }
  const { thread_id } = await first.threads.create()
  await first.runs.create(thread_id, 'steps', later)
  await expect(second.runs.create(thread_id, 'steps', later)).rejects.toThrow(/You have 1 waiting runs/)
  for (let sent = 3; sent < 6; sent += 1) await second.threads.count()
  await expect(first.threads.count()).rejects.toThrow('429')
  await expect(second.threads.count()).rejects.toThrow('429')
  const { thread_id: ofOther } = await other.threads.create()
  await other.runs.create(ofOther, 'steps', later)
})
