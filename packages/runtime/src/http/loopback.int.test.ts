import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { clientOfPerson, peopleSignIn, person } from '../fixtures/people.ts'
import { startTestServer, type TestServer, useTestServer } from '../fixtures/start-test-server.ts'

const agents = { AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/factory-agents/langgraph.json') }
const server = useTestServer(createDatabase(), agents)

const calls = (...all: { name: string; args: object }[]) => ({
  messages: [{ role: 'user', content: JSON.stringify(all) }],
})
const lastText = (values: unknown): string =>
  (values as { messages: { content: string }[] }).messages.at(-1)?.content ?? ''

interface Tasks {
  readonly asyncTasks: Record<string, { readonly runId: string; readonly status: string }>
}

test('an asynchronous subagent of deepagents without a URL runs on the same server', async () => {
  const { client } = server()
  const { thread_id } = await client.threads.create()
  const start = { name: 'start_async_task', args: { agentName: 'repeater', description: 'say hello' } }
  const started = (await client.runs.wait(thread_id, 'delegator', { input: calls(start) })) as unknown as Tasks
  const [taskId = '', task] = Object.entries(started.asyncTasks)[0] ?? []
  await client.runs.join(taskId, task?.runId ?? '')
  const check = { name: 'check_async_task', args: { taskId } }
  const checked = await client.runs.wait(thread_id, 'delegator', { input: calls(check) })
  expect(JSON.parse(lastText(checked))).toMatchObject({ status: 'success', result: 'You said: say hello' })
  // Its run is an ordinary one, which clients see.
  expect(await client.runs.get(taskId, task?.runId ?? '')).toMatchObject({ status: 'success' })
  expect((await client.threads.get(taskId)).metadata).toMatchObject({ graph_id: 'echo' })
})

const waitFor = (thread: string | null, graph: string, input: object) => ({
  messages: [{ role: 'user', content: JSON.stringify({ thread, graph, input }) }],
})

test('a run that another run waits for is a run of its own: it does not continue the graph of its caller', async () => {
  const { client } = server()
  const hello = { messages: [{ role: 'user', content: 'hello' }] }
  const values = await client.runs.wait(null, 'waiting', { input: waitFor(null, 'echo', hello) })
  expect(JSON.parse(lastText(values)).messages.map(({ content }: { content: string }) => content)).toEqual([
    'hello',
    'You said: hello',
  ])
})

test('a call ends with the run whose agent made it: the run that it waits for is cancelled', async () => {
  const { client } = server()
  const [{ thread_id }, { thread_id: called }] = [await client.threads.create(), await client.threads.create()]
  const input = waitFor(called, 'steps', { steps: 4, gate: '/absent/gate' })
  const run = await client.runs.create(thread_id, 'waiting', { input })
  await eventually(
    () => client.runs.list(called),
    ([child]) => child?.status === 'running',
  )
  await client.runs.cancel(thread_id, run.run_id, true)
  expect(await client.runs.get(thread_id, run.run_id)).toMatchObject({ status: 'interrupted' })
  await eventually(
    () => client.runs.list(called),
    ([child]) => child?.status === 'interrupted',
  )
})

describe('on a server with sign-in', () => {
  const database = createDatabase()
  let signedIn: TestServer
  beforeAll(async () => {
    const variables = { ...agents, ACCESS: JSON.stringify({ kind: 'api-keys' }) }
    signedIn = await startTestServer(database(), variables, peopleSignIn())
  })
  afterAll(() => signedIn?.drain())

  test('an agent acts as the user of its run: it starts no run on the thread of another user, and its own runs belong to the user', async () => {
    const [alice, bob] = ['alice', 'bob'].map((user) => clientOfPerson(signedIn.url, person(user, ['read', 'run'])))
    if (!alice || !bob) throw new Error('Both users must have a client.')
    const { thread_id: ofAlice } = await alice.threads.create()
    const hello = { messages: [{ role: 'user', content: 'hello' }] }
    await expect(bob.runs.wait(null, 'waiting', { input: waitFor(ofAlice, 'echo', hello) })).rejects.toThrow('404')
    expect(await alice.runs.list(ofAlice)).toEqual([])
    const { thread_id: ofBob } = await bob.threads.create()
    await bob.runs.wait(null, 'waiting', { input: waitFor(ofBob, 'echo', hello) })
    expect((await bob.runs.list(ofBob)).map(({ status }) => status)).toEqual(['success'])
  })

  test('a call outside of a run has no user, and is refused', async () => {
    const own = Reflect.get(globalThis, Symbol.for('langgraph_api:fetch')) as typeof fetch
    const response = await own('/threads/search', { method: 'POST', body: '{}' })
    expect([response.status, await response.json()]).toEqual([
      401,
      { detail: expect.stringContaining('outside of a run') },
    ])
  })
})
