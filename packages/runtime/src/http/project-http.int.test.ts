import { generateFernetKey } from '@hadal/platform/fernet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer, useTestServer } from '../fixtures/start-test-server.ts'
import { type WrittenProject, writeProject } from '../fixtures/write-project.ts'

const database = createDatabase()
const key = generateFernetKey()
const agent = `
  import { Annotation, StateGraph } from '@langchain/langgraph'
  export const graph = new StateGraph(Annotation.Root({ seen: Annotation() }))
    .addNode('look', (_state, { configurable }) => ({
      seen: Object.fromEntries(Object.entries(configurable).filter(([key]) => /^(x-|auth|cookie)/i.test(key))),
    }))
    .addEdge('__start__', 'look').addEdge('look', '__end__').compile()`
const app = `
  import { Hono } from 'hono'
  export const app = new Hono()
  app.use(async (c, next) => {
    if (c.req.header('x-blocked')) return c.json({ detail: 'blocked by the project' }, 403)
    await next()
    c.header('x-project', 'yes')
  })
  for (const path of ['/health', '/ready', '/ok']) app.get(path, () => { throw new Error('a probe reached the project') })
  app.get('/hello/:name', (c) => c.text('hello ' + c.req.param('name')))
  app.get('/fails', () => { throw new Error('planted failure') })
  app.get('/threads/special', (c) => c.text('of the project'))`

const started: { server: TestServer; project: WrittenProject }[] = []
async function serve(http: object): Promise<TestServer> {
  const project = writeProject({
    'langgraph.json': { graphs: { agent: './agent.ts:graph' }, http },
    'agent.ts': agent,
    'app.ts': app,
  })
  const server = await startTestServer(database(), {
    AGENTS_CONFIG: project.config,
    ENCRYPTION_KEY: key,
  })
  started.push({ server, project })
  return server
}
afterAll(async () => {
  for (const { server, project } of started) {
    await server.drain()
    project.remove()
  }
})

const get = async (
  server: TestServer,
  path: string,
  headers: Record<string, string> = {},
): Promise<[number, string]> => {
  const response = await fetch(server.url + path, { headers })
  return [response.status, await response.text()]
}

describe('http.app', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await serve({ app: './app.ts:app' })
  })

  test("adds the project's routes, which take precedence, and its middleware, which also applies to the API", async () => {
    expect(await get(server, '/hello/ada')).toEqual([200, 'hello ada'])
    expect(await get(server, '/threads/special')).toEqual([200, 'of the project'])
    const search = (headers: object) =>
      fetch(`${server.url}/assistants/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      })
    expect((await search({})).headers.get('x-project')).toBe('yes')
    expect((await search({ 'x-blocked': '1' })).status).toBe(403)
  })

  test('can not break the health probes', async () => {
    const blocked = { 'x-blocked': '1' }
    expect((await get(server, '/health', blocked))[0]).toBe(200)
    expect((await get(server, '/ok', blocked))[0]).toBe(200)
    expect((await get(server, '/ready', blocked))[0]).toBe(200)
  })

  test('that fails is answered with 500 without details', async () => {
    const [status, text] = await get(server, '/fails')
    expect(status).toBe(500)
    expect(text).not.toContain('planted failure')
  })

  test('that can not be loaded keeps the server from starting', async () => {
    const project = writeProject({
      'langgraph.json': { graphs: { agent: './agent.ts:graph' }, http: { app: './agent.ts:graph' } },
      'agent.ts': agent,
    })
    try {
      const { code, errors } = await runProgram([], { DATABASE_URL: database(), AGENTS_CONFIG: project.config })
      expect([code, errors]).toEqual([1, expect.stringContaining('which is not a Hono application')])
    } finally {
      project.remove()
    }
  })
})

test('http.mount_prefix moves the API, and the health probes stay', async () => {
  const server = await serve({ mount_prefix: '/agents', disable_store: true })
  expect((await get(server, '/ok'))[0]).toBe(200)
  expect((await get(server, '/agents/ok'))[0]).toBe(200)
  expect((await get(server, '/agents/info'))[0]).toBe(200)
  expect((await get(server, '/assistants/agent'))[0]).toBe(404)
  expect((await get(server, '/agents/assistants/agent'))[0]).toBe(200)
  expect((await get(server, '/agents/store/items'))[1]).toContain('http.disable_store')
})

describe('http.disable_…', () => {
  const plain = useTestServer(database)
  const groups = {
    assistants: /^\/assistants/,
    runs: /^\/(runs|threads\/[^/]+\/(runs|stream|commands))(\/|$)/,
    threads: /^\/threads(?!\/[^/]+\/(runs|stream|commands)(\/|$))/,
    store: /^\/store/,
    meta: /^\/(info|docs|openapi\.json)$/,
  }
  test.each(Object.entries(groups))('%s closes every route of its group, and no other', async (group, ofGroup) => {
    const server = await serve({ [`disable_${group}`]: true })
    const sentence = `is switched off by http.disable_${group} of the langgraph.json.`
    for (const route of plain().routes) {
      const [method = '', path = ''] = route.split(' ')
      const url = server.url + path.replaceAll(/:\w+/g, 'unknown')
      const response = await fetch(url, { method, ...(method === 'GET' ? {} : { body: '{"unknown-":1}' }) })
      const text = await response.text()
      expect([route, text.includes(sentence)]).toEqual([route, ofGroup.test(path)])
    }
  })
})

describe('http.configurable_headers', () => {
  test('adds chosen headers to the configuration of a run, and a client can not set their keys', async () => {
    const server = await serve({
      configurable_headers: { includes: ['x-*'], excludes: ['x-secret'] },
      logging_headers: { includes: ['x-user-id'] },
    })
    const response = await fetch(`${server.url}/runs/wait`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer planted',
        cookie: 'a=b',
        'x-user-id': 'ada',
        'x-secret': 'planted',
      },
      body: JSON.stringify({
        assistant_id: 'agent',
        input: {},
        config: { configurable: { 'X-User-Id': 'eve', 'x-role': 'admin' } },
      }),
    })
    expect(await response.json()).toEqual({ seen: { 'x-user-id': 'ada' } })
    expect(server.logged.find(({ event }) => event === 'request')).toMatchObject({
      path: '/runs/wait',
      headers: { 'x-user-id': 'ada' },
    })
  })
})
