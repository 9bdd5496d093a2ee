import { randomUUID } from 'node:crypto'
import { generateFernetKey } from '@hadal/platform/fernet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuthEvent } from '../access/authorize.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { type WrittenProject, writeProject } from '../fixtures/write-project.ts'
import type { ApiRoute } from './route-access.ts'
import { routeEvents } from './route-events.ts'

const database = createDatabase()
const auth = `
  import { Auth } from '@langchain/langgraph-sdk/auth'
  export const auth = new Auth()
    .authenticate((request) => request.headers.get('authorization') ?? '')
    .on('*', ({ event, user }) => user.identity !== 'everything but ' + event && user.identity !== 'nothing')`
const agent = `
  import { Annotation, StateGraph } from '@langchain/langgraph'
  export const graph = new StateGraph(Annotation.Root({ text: Annotation() }))
    .addNode('look', () => ({})).addEdge('__start__', 'look').addEdge('look', '__end__').compile()`

let server: TestServer
let project: WrittenProject
beforeAll(async () => {
  project = writeProject({
    'langgraph.json': { graphs: { agent: './agent.ts:graph' }, auth: { path: './auth.ts:auth' } },
    'agent.ts': agent,
    'auth.ts': auth,
  })
  server = await startTestServer(database(), {
    AGENTS_CONFIG: project.config,
    ACCESS: '{"kind":"custom"}',
    ENCRYPTION_KEY: generateFernetKey(),
  })
})
afterAll(async () => {
  await server.drain()
  project.remove()
})

const item = { namespace: ['a'], key: 'a' }
const run = { assistant_id: 'agent', input: {} }
/** Bodies of the routes that need one. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /assistants': { graph_id: 'agent' },
  'POST /assistants/:assistant_id/latest': { version: 1 },
  'POST /threads/prune': { thread_ids: [] },
  'POST /threads/:thread_id/state': { values: {} },
  'PATCH /threads/:thread_id/state': { metadata: {} },
  'POST /threads/:thread_id/state/checkpoint': { checkpoint: {} },
  'POST /threads/:thread_id/runs': run,
  'POST /threads/:thread_id/runs/stream': run,
  'POST /threads/:thread_id/runs/wait': run,
  'POST /runs': run,
  'POST /runs/stream': run,
  'POST /runs/wait': run,
  'POST /runs/batch': [run],
  'POST /runs/cancel': { thread_id: randomUUID(), run_ids: [randomUUID()] },
  'PUT /store/items': { ...item, value: {} },
  'DELETE /store/items': item,
}

async function answerOf(route: string, user: string): Promise<number> {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'namespace' ? 'a' : randomUUID()))
  const query = route === 'GET /store/items' ? '?namespace=a&key=a' : ''
  const sends = method !== 'GET'
  const response = await fetch(server.url + path + query, {
    method,
    headers: { authorization: user, 'content-type': 'application/json' },
    ...(sends ? { body: JSON.stringify(bodies[route] ?? {}) } : {}),
  })
  await response.body?.cancel()
  return response.status
}

const routes = Object.entries(routeEvents)

test.each(routes.filter(([, event]) => event !== 'none'))(
  '%s is refused by the handler of its event',
  async (route) => {
    expect(await answerOf(route, 'nothing')).toBe(403)
  },
)

test.each(routes.filter(([, event]) => event === 'none'))(
  '%s is about no object, so no handler is asked',
  async (route) => {
    expect(await answerOf(route, 'nothing')).toBe(200)
  },
)

test.each(routes.filter(([, event]) => event.includes(':')))('%s asks for %s', async (route, event) => {
  expect(await answerOf(route, `everything but ${event}`)).toBe(403)
  expect(await answerOf(route, 'everything but crons:read')).not.toBe(403)
})

const runRoutes = routes.flatMap(([route]) => (/^POST .*runs(\/stream|\/wait|\/batch)?$/.test(route) ? [route] : []))
test.each(runRoutes)('%s asks for the new run, and for its assistant', async (route) => {
  expect(await answerOf(route, 'everything but threads:create_run')).toBe(403)
  expect(await answerOf(route, 'everything but assistants:read')).toBe(403)
})

test.each<[ApiRoute, AuthEvent]>([
  ['POST /assistants', 'assistants:create'],
  ['POST /assistants/search', 'assistants:search'],
  ['POST /assistants/count', 'assistants:search'],
  ['PATCH /assistants/:assistant_id', 'assistants:update'],
  ['DELETE /assistants/:assistant_id', 'assistants:delete'],
  ['POST /threads', 'threads:create'],
  ['POST /threads/search', 'threads:search'],
  ['POST /threads/count', 'threads:search'],
  ['PATCH /threads/:thread_id', 'threads:update'],
  ['PATCH /threads/:thread_id/state', 'threads:update'],
  ['POST /threads/:thread_id/copy', 'threads:read'],
  ['PUT /store/items', 'store:put'],
  ['GET /store/items', 'store:get'],
  ['DELETE /store/items', 'store:delete'],
  ['POST /store/items/search', 'store:search'],
  ['POST /store/namespaces', 'store:list_namespaces'],
])('%s itself asks for %s', async (route, event) => {
  expect(routeEvents[route]).toBe('itself')
  expect(await answerOf(route, `everything but ${event}`)).toBe(403)
})
