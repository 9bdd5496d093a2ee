import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { generateFernetKey } from '@hadal/platform/fernet'
import { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { runProgram } from '../../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { type WrittenProject, writeProject } from '../../fixtures/write-project.ts'

const database = createDatabase()
const key = generateFernetKey()
/** Database whose rows become encrypted. */
const encryptedDatabase = createDatabase()

const agent = `
  import { Annotation, interrupt, StateGraph } from '@langchain/langgraph'
  export const graph = new StateGraph(Annotation.Root({ text: Annotation<string>(), asks: Annotation<boolean>() }))
    .addNode('look', ({ text, asks }) => ({ text: (text ?? '') + '!' + (asks ? String(interrupt('sure?')) : '') }))
    .addEdge('__start__', 'look').addEdge('look', '__end__').compile()
  /** Tells who the user is, with the token's length in place of the token. */
  export const seen = new StateGraph(Annotation.Root({ text: Annotation<string>() }))
    .addNode('look', (_state, { serverInfo }) => {
      const { identity, mail_token = '' } = serverInfo?.user ?? {}
      return { text: identity + ' ' + mail_token.length }
    })
    .addEdge('__start__', 'look').addEdge('look', '__end__').compile()`

/** Users send "name@tenant" as the header authorization. Threads, made assistants and store items belong to their owner; "root" sees all of its tenant. */
const auth = `
  import { Auth, HTTPException } from '@langchain/langgraph-sdk/auth'

  const isRoot = (user: { identity: string }) => user.identity === 'root'
  const owned = ({ value, user }: any) => {
    if (isRoot(user)) return undefined
    value.metadata = { ...value.metadata, owner: user.identity }
    return { owner: user.identity }
  }
  enum Header { Name = 'authorization' }

  export const auth = new Auth()
    .authenticate((request) => {
      const [identity, tenant] = (request.headers.get(Header.Name) ?? '').split('@')
      if (!identity) throw new HTTPException(401, { message: 'Sign in first.' })
      if (identity === 'broken') throw new Error('planted failure')
      return { identity, permissions: [], ...(identity === 'mailer' ? { mail_token: 'canary-of-mailer' } : {}), ...(tenant ? { tenant } : {}) }
    })
    .on('threads', owned)
    .on('threads:update', ({ user }) => (isRoot(user) ? undefined : { owner: user.identity }))
    .on(['threads:search', 'threads:read'], ({ user }) =>
      isRoot(user) ? undefined : { $or: [{ owner: { $eq: user.identity } }, { readers: { $contains: user.identity } }] } as any)
    .on('threads:delete', ({ user }) => isRoot(user))
    .on('threads:create', ({ value, user }) => {
      value.metadata = { ...value.metadata, owner: user.identity }
    })
    .on('assistants:create', ({ value, user }) => {
      value.metadata = { ...value.metadata, owner: user.identity }
    })
    .on('assistants', owned)
    .on('store', ({ value, user }) => {
      if (isRoot(user)) return
      if (value.namespace?.[0] === 'shared') return { owner: user.identity }
      value.namespace = [user.identity, ...(value.namespace ?? [])]
    })
    .on('store:search', ({ user }) => (isRoot(user) ? undefined : { owner: user.identity }))`

const project = (): WrittenProject =>
  writeProject({
    'langgraph.json': {
      graphs: { agent: './agent.ts:graph', seen: './agent.ts:seen' },
      auth: { path: './auth.ts:auth' },
    },
    'agent.ts': agent,
    'auth.ts': auth,
  })

let server: TestServer
let written: WrittenProject
beforeAll(async () => {
  written = project()
  server = await startTestServer(database(), {
    AGENTS_CONFIG: written.config,
    ACCESS: '{"kind":"custom"}',
    ENCRYPTION_KEY: key,
  })
})
afterAll(async () => {
  await server.drain()
  written.remove()
})

const as = (authorization: string, apiUrl = server.url): Client =>
  new Client({
    apiUrl,
    apiKey: null,
    defaultHeaders: { authorization },
    callerOptions: { maxRetries: 0 },
  })
/** Status of a refusal. A stream that begins does not end, so it counts as allowed after some seconds. */
const status = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([
    work.then(
      () => 'allowed',
      (error: { status?: number }) => error.status ?? error,
    ),
    pause(20_000, 'allowed', { ref: false }),
  ])
const drained = async (stream: AsyncIterable<unknown>): Promise<number> => {
  let events = 0
  for await (const _ of stream) events += 1
  return events
}

const ada = 'ada@acme'
const bob = 'bob@acme'
const eve = 'ada@other'

describe('authenticate', () => {
  test('an HTTPException is the response, and another error is 503 without its text', async () => {
    const nobody = await fetch(`${server.url}/threads/search`, { method: 'POST', body: '{}' })
    expect([nobody.status, await nobody.json()]).toEqual([401, { detail: 'Sign in first.' }])
    const broken = await fetch(`${server.url}/info`, { headers: { authorization: 'broken' } })
    expect(broken.status).toBe(503)
    expect(await broken.text()).not.toContain('planted')
    expect(server.logged).toContainEqual(
      expect.objectContaining({ event: 'auth_handler_failed', handler: 'authenticate' }),
    )
  })

  test('refusals and failures are counted by their outcome', async () => {
    const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()
    expect(text).toMatch(/sign_ins_total{[^}]*kind="custom",outcome="invalid"[^}]*} [1-9]/)
    expect(text).toMatch(/sign_ins_total{[^}]*kind="custom",outcome="unavailable"[^}]*} [1-9]/)
  })

  test('the start says which events have no handler, and who shares a tenant', () => {
    expect(server.logged).toContainEqual(expect.objectContaining({ event: 'one_tenant' }))
  })

  test("Studio's header is no way in on a server that others reach", async () => {
    const studio = await fetch(`${server.url}/info`, { headers: { 'x-auth-scheme': 'langsmith' } })
    expect(studio.status).toBe(401)
  })
})

describe('threads', () => {
  test('what the handler writes into the metadata is stored', async () => {
    const thread = await as(ada).threads.create({ metadata: { owner: 'bob', topic: 'a' } })
    expect(thread.metadata).toMatchObject({ owner: 'ada', topic: 'a' })
    await as(ada).threads.update(thread.thread_id, { metadata: { topic: 'b' } })
    expect((await as(ada).threads.get(thread.thread_id)).metadata).toMatchObject({ owner: 'ada', topic: 'b' })
  })

  test('a thread that the filter hides is 404 on every route', async () => {
    const { thread_id: id } = await as(ada).threads.create()
    const run = await as(ada).runs.create(id, 'agent', { input: { text: 'a' } })
    await as(ada).runs.join(id, run.run_id)
    const checkpoint = (await as(ada).threads.getState(id)).checkpoint?.checkpoint_id ?? ''
    for (const other of [bob, eve, 'root@other']) {
      const client = as(other)
      const refused = {
        get: client.threads.get(id),
        update: client.threads.update(id, { metadata: { owner: 'bob' } }),
        copy: client.threads.copy(id),
        state: client.threads.getState(id),
        oldState: client.threads.getState(id, checkpoint),
        history: client.threads.getHistory(id),
        updateState: client.threads.updateState(id, { values: { text: 'b' } }),
        runs: client.runs.list(id),
        run: client.runs.get(id, run.run_id),
        join: client.runs.join(id, run.run_id),
        joinStream: drained(client.runs.joinStream(id, run.run_id)),
        threadStream: drained(client.threads.joinStream(id)),
        cancel: client.runs.cancel(id, run.run_id),
        create: client.runs.create(id, 'agent', { input: { text: 'b' } }),
        wait: client.runs.wait(id, 'agent', { input: { text: 'b' } }),
        stream: drained(client.runs.stream(id, 'agent', { input: { text: 'b' } })),
      }
      const answers = await Promise.all(Object.entries(refused).map(async ([name, work]) => [name, await status(work)]))
      expect(answers).toEqual(Object.keys(refused).map((name) => [name, 404]))
      // The id is taken, so no thread can be created with it.
      const creating = { input: { text: 'b' }, ifNotExists: 'create' as const }
      expect(await status(client.runs.create(id, 'agent', creating))).toBe(409)
      expect(await status(client.runs.wait(id, 'agent', creating))).toBe(409)
      expect(await status(client.threads.create({ threadId: id, ifExists: 'do_nothing' }))).toBe(409)
    }
    expect((await as(ada).threads.create({ threadId: id, ifExists: 'do_nothing' })).thread_id).toBe(id)
    expect((await as(ada).threads.getState(id)).values).toEqual({ text: 'a!' })
    expect(await as(ada).runs.list(id)).toHaveLength(1)
    expect((await as('root@acme').threads.get(id)).metadata).toMatchObject({ owner: 'ada' })
  })

  test('a search and a count find what the filter allows', async () => {
    const topic = randomUUID()
    const metadata = { topic }
    const own = await as(ada).threads.create({ metadata })
    const shared = await as(bob).threads.create({ metadata: { ...metadata, readers: ['eve', 'ada'] } })
    await as(bob).threads.create({ metadata: { ...metadata, readers: 'ada' } })
    await as(eve).threads.create({ metadata })
    const found = await as(ada).threads.search({ metadata, limit: 100 })
    expect(new Set(found.map((thread) => thread.thread_id))).toEqual(new Set([own.thread_id, shared.thread_id]))
    expect(await as(ada).threads.count({ metadata })).toBe(2)
    expect(await as(ada).threads.search({ ids: [own.thread_id], metadata })).toHaveLength(1)
    expect(await as('root@acme').threads.count({ metadata })).toBe(3)
    expect(await as('root@other').threads.count({ metadata })).toBe(1)
  })

  test('false is 403, and nothing is deleted', async () => {
    const { thread_id: id } = await as(ada).threads.create()
    expect(await status(as(ada).threads.delete(id))).toBe(403)
    expect((await as(ada).threads.get(id)).thread_id).toBe(id)
    await as('root@acme').threads.delete(id)
    expect(await status(as(ada).threads.get(id))).toBe(404)
  })

  test('a reader who disconnects cancels nothing, and its author does', async () => {
    const { thread_id: id } = await as(bob).threads.create({ metadata: { readers: ['ada'] } })
    const { run_id: run } = await as(bob).runs.create(id, 'agent', { input: { text: 'a' }, afterSeconds: 3_600 })
    const leave = async (authorization: string): Promise<void> => {
      const gone = new AbortController()
      const path = `${server.url}/threads/${id}/runs/${run}/join?cancel_on_disconnect=true`
      const response = await fetch(path, { headers: { authorization }, signal: gone.signal })
      expect(response.status).toBe(200)
      gone.abort()
      await pause(1_500)
    }
    await leave(ada)
    expect((await as(bob).runs.get(id, run)).status).toBe('pending')
    await leave(bob)
    expect((await as(bob).runs.get(id, run)).status).toBe('interrupted')
  })

  test('a copy belongs to the user who copies', async () => {
    const { thread_id: id } = await as(bob).threads.create({ metadata: { topic: 'a', readers: ['ada'] } })
    const copy = await as(ada).threads.copy(id)
    expect((copy as unknown as { metadata: object }).metadata).toMatchObject({ owner: 'ada', topic: 'a' })
    expect((await as(bob).threads.get(id)).metadata).toMatchObject({ owner: 'bob' })
    expect(await status(as(eve).threads.copy(id))).toBe(404)
  })
})

describe('runs', () => {
  test('the thread of a stateless run has the metadata of the handler, and others do not see the run', async () => {
    const response = await fetch(`${server.url}/runs`, {
      method: 'POST',
      headers: { authorization: ada, 'content-type': 'application/json' },
      body: JSON.stringify({ assistant_id: 'agent', input: { text: 'a' }, on_completion: 'keep' }),
    })
    const run = (await response.json()) as { run_id: string; thread_id: string }
    expect((await as(ada).threads.get(run.thread_id)).metadata).toMatchObject({ owner: 'ada' })
    const path = `${server.url}/runs/${run.run_id}/stream`
    expect((await fetch(path, { headers: { authorization: bob } })).status).toBe(404)
    const own = await fetch(path, { headers: { authorization: ada } })
    expect(own.status).toBe(200)
    await own.body?.cancel()
  })

  test('a run asks for the thread and for the assistant', async () => {
    const made = await as(ada).assistants.create({ graphId: 'agent' })
    expect(made.metadata).toMatchObject({ owner: 'ada' })
    expect(await status(as(bob).runs.wait(null, made.assistant_id, { input: { text: 'a' } }))).toBe(404)
    expect(await status(as(bob).assistants.get(made.assistant_id))).toBe(404)
    expect(await status(as(bob).assistants.update(made.assistant_id, { name: 'b' }))).toBe(404)
    expect(await status(as(bob).assistants.getVersions(made.assistant_id))).toBe(404)
    expect(await status(as(bob).assistants.setLatest(made.assistant_id, 1))).toBe(404)
    expect(await status(as(bob).assistants.getSchemas(made.assistant_id))).toBe(404)
    expect(await status(as(bob).assistants.delete(made.assistant_id))).toBe(404)
    const again = { assistantId: made.assistant_id, graphId: 'agent', ifExists: 'do_nothing' as const }
    expect(await status(as(bob).assistants.create(again))).toBe(409)
    expect((await as(ada).assistants.create(again)).assistant_id).toBe(made.assistant_id)
    expect(await as(ada).runs.wait(null, made.assistant_id, { input: { text: 'a' } })).toMatchObject({ text: 'a!' })
    const ids = (await as(bob).assistants.search({ limit: 100 })).map((one) => one.assistant_id)
    expect(ids).not.toContain(made.assistant_id)
    // The graph's own assistant is visible to all.
    expect((await as(bob).assistants.search({ graphId: 'agent' })).length).toBeGreaterThan(0)
    expect(await as(bob).assistants.count()).toBe(ids.length)
  })

  test('a question is answered by whom the handler lets create a run, and by nobody else', async () => {
    const { thread_id: id } = await as(ada).threads.create()
    await as(ada).runs.wait(id, 'agent', { input: { text: 'a', asks: true } })
    expect(await status(as(bob).runs.wait(id, 'agent', { command: { resume: 'no' } }))).toBe(404)
    expect(await as('root@acme').runs.wait(id, 'agent', { command: { resume: 'yes' } })).toMatchObject({
      text: 'a!yes',
    })
  })
})

describe('the store', () => {
  test('the namespace that the handler rewrites separates users', async () => {
    await as(ada).store.putItem(['notes'], 'one', { text: 'of ada', owner: 'ada' })
    await as(bob).store.putItem(['notes'], 'one', { text: 'of bob', owner: 'bob' })
    expect((await as(ada).store.getItem(['notes'], 'one'))?.value).toMatchObject({ text: 'of ada' })
    expect(await as(eve).store.getItem(['notes'], 'one')).toBeNull()
    const { namespaces } = await as(bob).store.listNamespaces({})
    expect(namespaces).toEqual([['bob', 'notes']])
    await as(bob).store.deleteItem(['notes'], 'one')
    expect(await as(bob).store.getItem(['notes'], 'one')).toBeNull()
    expect((await as(ada).store.getItem(['notes'], 'one'))?.value).toMatchObject({ text: 'of ada' })
  })

  test('a filter of the handler holds for each read and write of an item', async () => {
    await as(ada).store.putItem(['shared', 'of-ada'], 'one', { owner: 'ada', text: 'a' })
    await as(bob).store.putItem(['shared', 'of-bob'], 'one', { owner: 'bob', text: 'b' })
    const place: [string[], string] = [['shared', 'of-ada'], 'one']
    expect(await as(bob).store.getItem(...place)).toBeNull()
    expect(await status(as(bob).store.putItem(...place, { owner: 'bob', text: 'stolen' }))).toBe(404)
    expect(await status(as(bob).store.putItem(['shared'], 'new', { owner: 'ada' }))).toBe(403)
    await as(bob).store.deleteItem(...place)
    expect((await as(ada).store.getItem(...place))?.value).toEqual({ owner: 'ada', text: 'a' })
    const { namespaces } = await as(bob).store.listNamespaces({ prefix: ['shared'] })
    expect(namespaces).toEqual([['shared', 'of-bob']])
    await as(ada).store.putItem(...place, { owner: 'ada', text: 'again' })
    await as(ada).store.deleteItem(...place)
    expect(await as(ada).store.getItem(...place)).toBeNull()
  })

  test('a filter of the handler holds for a search beside that of the client', async () => {
    await as('root@acme').store.putItem(['shared'], 'ada', { owner: 'ada', kind: 'a' })
    await as('root@acme').store.putItem(['shared'], 'bob', { owner: 'bob', kind: 'a' })
    const keysOf = async (user: string, filter?: Record<string, unknown>) =>
      (await as(user).store.searchItems(['shared'], filter ? { filter } : {})).items.map(({ key }) => key)
    expect(await keysOf(ada)).toEqual(['ada'])
    expect(await keysOf(ada, { kind: 'a' })).toEqual(['ada'])
    expect(await keysOf(ada, { owner: 'bob' })).toEqual([])
    expect(await keysOf('root@acme')).toEqual(expect.arrayContaining(['ada', 'bob']))
  })
})

test('a filter on encrypted values of items is refused, and shows nothing', async () => {
  const encrypted = await startTestServer(encryptedDatabase(), {
    AGENTS_CONFIG: written.config,
    ACCESS: '{"kind":"custom"}',
    ENCRYPTION: 'required',
    ENCRYPTION_KEY: generateFernetKey(),
  })
  try {
    const client = as(ada, encrypted.url)
    const sentence = /422.*filters items by their values/
    await expect(client.store.searchItems(['shared'])).rejects.toThrow(sentence)
    await expect(client.store.getItem(['shared'], 'ada')).rejects.toThrow(sentence)
    await client.store.putItem(['notes'], 'encrypted', { text: 'a' })
    expect((await client.store.getItem(['notes'], 'encrypted'))?.value).toEqual({ text: 'a' })
  } finally {
    await encrypted.drain()
  }
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
    'agent.ts': agent,
    'auth.ts': auth,
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
    'agent.ts': agent,
    'auth.ts': auth,
  })
  try {
    const variables = { AGENTS_CONFIG: other.config, ACCESS: '{"kind":"custom"}', ENCRYPTION_KEY: key }
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
  const variables = { AGENTS_CONFIG: written.config, ACCESS: '{"kind":"custom"}' }
  await expect(startTestServer(database(), variables)).rejects.toThrow(/"custom" .*ENCRYPTION_KEY_FILE/)
})

test('serve --studio needs a loopback address', async () => {
  const variables = {
    DATABASE_URL: database(),
    AGENTS_CONFIG: written.config,
    ACCESS: '{"kind":"custom"}',
    HOST: '0.0.0.0',
  }
  const { code, errors } = await runProgram(['serve', '--studio'], variables)
  expect([code, errors]).toEqual([1, expect.stringContaining('--studio lets everyone in who reaches the server')])
})
