import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askedQuestions, auditOf, rowsOf } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { clientOfPerson, headersOf, type Person, peopleSignIn, person } from '../fixtures/people.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { writeProject } from '../fixtures/write-project.ts'

const database = createDatabase()
const effects = effectsFiles()
let server: TestServer
/** Server on which users may not answer the questions of their own runs. */
let strict: TestServer
beforeAll(async () => {
  server = await startTestServer(database(), {}, peopleSignIn())
  strict = await startTestServer(
    database(),
    { ACCESS: JSON.stringify({ kind: 'api-keys', approvalByOthers: true }) },
    peopleSignIn(),
  )
})
afterAll(() => Promise.all([server?.drain(), strict?.drain()]))

const alice = person('alice', ['read', 'run'])
const both = person('alice', ['read', 'run', 'approve'])
const carol = person('carol', ['approve'])
const dora = person('dora', ['administer'])
const clientOf = (who: Person, at = server) => clientOfPerson(at.url, who)

/** A thread of Alice on which a run of a user waits for an approval, with the answer that approves it. */
async function asking(user = alice) {
  const { path, lines } = effects()
  const { thread_id: thread } = await clientOf(alice).threads.create()
  const call = { name: 'pay', args: { file: path, amount: 1 } }
  const content = JSON.stringify([call])
  await clientOf(user).runs.wait(thread, 'guarded', { input: { messages: [{ role: 'user', content }] } })
  const [question] = await askedQuestions(clientOf(alice), thread)
  const resume = { [question?.id ?? '']: { decisions: [{ type: 'approve' }], digest: question?.digest } }
  return { thread, lines, resume }
}

async function resumed(who: Person, thread: string, command: object, at = server, more: object = {}) {
  const response = await fetch(`${at.url}/threads/${thread}/runs/wait`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(who) },
    body: JSON.stringify({ assistant_id: 'guarded', command, ...more }),
  })
  return { status: response.status, text: await response.text() }
}

const ownersOfRuns = async (thread: string): Promise<(string | null)[]> =>
  (await rowsOf<{ owner: string | null }>(database(), 'SELECT owner FROM hadal.run WHERE thread_id = $1', thread)).map(
    ({ owner }) => owner,
  )

describe('a question about a tool call', () => {
  test('is not answered without the role "approve", also by the user who ran', async () => {
    const { thread, lines, resume } = await asking()
    const { status, text } = await resumed(alice, thread, { resume })
    expect([status, JSON.parse(text)]).toEqual([
      403,
      { code: 'role_missing', detail: expect.stringContaining('"approve"') },
    ])
    expect(lines()).toEqual([])
    expect((await resumed(both, thread, { resume })).status).toBe(200)
    expect(lines()).toEqual(['paid 1'])
  })

  test('is answered by an approver; the audit names the approver, and the run goes on as the user who was asked', async () => {
    const { thread, lines, resume } = await asking()
    expect((await clientOf(carol).threads.search({ ids: [thread] })).map(({ thread_id }) => thread_id)).toEqual([
      thread,
    ])
    expect((await resumed(carol, thread, { resume })).status).toBe(200)
    expect(lines()).toEqual(['paid 1'])
    const decided = (await auditOf(database(), thread)).filter(({ event }) => event === 'approve')
    expect(decided.map(({ actor }) => actor)).toEqual(['carol'])
    expect(await ownersOfRuns(thread)).toEqual(['alice', 'alice'])
    await expect(clientOf(carol).threads.get(thread)).rejects.toThrow('404')
  })

  test.each([
    ['input', {}, { input: { messages: [] } }],
    ['an update', { update: { messages: [] } }, {}],
    ['a goto', { goto: 'tools' }, {}],
    ['a rollback', {}, { multitask_strategy: 'rollback' }],
    ['a delay', {}, { after_seconds: 60 }],
  ])('takes from an approver an answer only, without %s', async (_what, command, more) => {
    const { thread, lines, resume } = await asking()
    for (const owner of ['alice', null]) {
      await withClient(database(), (sql) =>
        sql.query('UPDATE hadal.thread SET owner = $1 WHERE thread_id = $2', [owner, thread]),
      )
      const { status, text } = await resumed(carol, thread, { resume, ...command }, server, more)
      expect([status, JSON.parse(text).code]).toEqual([403, 'only_answers'])
    }
    expect(lines()).toEqual([])
  })

  test('is answered by an administrator for the user who was asked; a run that does more acts as the administrator', async () => {
    const { thread, lines, resume } = await asking()
    expect((await resumed(dora, thread, { resume })).status).toBe(200)
    expect(lines()).toEqual(['paid 1'])
    expect(await ownersOfRuns(thread)).toEqual(['alice', 'alice'])
    const other = await asking()
    const command = { resume: other.resume, update: { messages: [] } }
    expect((await resumed(dora, other.thread, command)).status).toBe(200)
    expect((await ownersOfRuns(other.thread)).toSorted()).toEqual(['alice', 'dora'])
  })

  test("that an administrator's run asks on the thread of another user is answered for the administrator", async () => {
    const { thread, lines, resume } = await asking(dora)
    expect((await resumed(carol, thread, { resume })).status).toBe(200)
    expect(lines()).toEqual(['paid 1'])
    expect(await ownersOfRuns(thread)).toEqual(['dora', 'dora'])
  })

  test('is no longer shown to an approver when it has its answer, and the stream that the approver follows ends', async () => {
    const { thread, resume } = await asking()
    const stream = await fetch(`${server.url}/threads/${thread}/stream`, { headers: headersOf(carol) })
    expect(stream.status).toBe(200)
    expect((await resumed(carol, thread, { resume })).status).toBe(200)
    // The thread has no question any more when its next run starts, so the stream has no event of that run.
    const messages = [{ role: 'user', content: 'hers alone' }]
    const { run_id: later } = await clientOf(alice).runs.create(thread, 'guarded', { input: { messages } })
    expect(await stream.text()).not.toContain(later)
  })

  test("takes the settings of the run from that run, not from the approver's request", async () => {
    const { thread, resume } = await asking()
    await resumed(carol, thread, { resume }, server, { metadata: { by: 'carol' }, config: { tags: ['carol'] } })
    const [run] = await clientOf(alice).runs.list(thread)
    expect(JSON.stringify(run)).not.toContain('"by"')
    expect(JSON.stringify(run)).not.toContain('["carol"]')
  })

  test('is not answered by the user who ran if the environment requires another person', async () => {
    const { thread, lines, resume } = await asking()
    for (const who of [both, person('alice', ['administer'])]) {
      const { status, text } = await resumed(who, thread, { resume }, strict)
      expect([status, JSON.parse(text)]).toEqual([
        403,
        { code: 'own_question', detail: expect.stringContaining('another person') },
      ])
    }
    expect(lines()).toEqual([])
    expect((await resumed(carol, thread, { resume }, strict)).status).toBe(200)
    expect(lines()).toEqual(['paid 1'])
  })

  test('that was answered by an approver is the question of the same user when the run asks again', async () => {
    const { path, lines } = effects()
    const { thread_id: thread } = await clientOf(alice).threads.create()
    const call = (amount: number) => ({ name: 'pay', args: { file: path, amount } })
    const messages = [{ role: 'user', content: JSON.stringify([call(1)]) }]
    await clientOf(alice).runs.wait(thread, 'guarded', { input: { messages } })
    const answer = async () => {
      const [question] = await askedQuestions(clientOf(alice), thread)
      return { [question?.id ?? '']: { decisions: [{ type: 'approve' }], digest: question?.digest } }
    }
    await resumed(carol, thread, { resume: await answer() }, strict)
    expect(lines()).toEqual(['paid 1'])
    const again = [{ role: 'user', content: JSON.stringify([call(2)]) }]
    await clientOf(alice).runs.wait(thread, 'guarded', { input: { messages: again } })
    expect((await resumed(both, thread, { resume: await answer() }, strict)).status).toBe(403)
    expect((await resumed(dora, thread, { resume: await answer() }, strict)).status).toBe(200)
    expect(lines()).toEqual(['paid 1', 'paid 2'])
  })
})

test("a question of the agent's author needs no role beyond that of its run", async () => {
  const { thread_id: thread } = await clientOf(alice).threads.create()
  await clientOf(alice).runs.wait(thread, 'questions', { input: { questions: ['Why?'] } })
  expect((await clientOf(alice).threads.get(thread)).status).toBe('interrupted')
  const { status } = await resumed(alice, thread, { resume: 'an answer' }, server, { assistant_id: 'questions' })
  expect(status).toBe(200)
})

test("an approver starts no run on another user's thread that waits for an answer", async () => {
  const { thread_id: thread } = await clientOf(alice).threads.create()
  await clientOf(alice).runs.wait(thread, 'questions', { input: { questions: ['Why?'] } })
  const approver = clientOf(person('mia', ['read', 'run', 'approve']))
  expect((await approver.threads.get(thread)).status).toBe('interrupted')
  for (const multitaskStrategy of ['enqueue', 'reject'] as const) {
    const started = approver.runs.create(thread, 'echo', { input: { messages: [] }, multitaskStrategy })
    await expect(started).rejects.toThrow('404')
  }
  expect(await ownersOfRuns(thread)).toEqual(['alice'])
})

test('a caller without the role "run" cancels no run by a disconnect', async () => {
  const { thread_id: thread } = await clientOf(alice).threads.create()
  const { run_id: run } = await clientOf(alice).runs.create(thread, 'steps', { input: {}, afterSeconds: 3_600 })
  const reader = person('alice', ['read'])
  for (const path of [
    `/threads/${thread}/runs/${run}/join`,
    `/threads/${thread}/runs/${run}/stream`,
    `/runs/${run}/stream`,
  ]) {
    const response = await fetch(`${server.url}${path}?cancel_on_disconnect=true`, { headers: headersOf(reader) })
    expect([path, response.status]).toEqual([path, 403])
    expect(JSON.parse(await response.text())).toMatchObject({ code: 'role_missing' })
  }
  expect((await clientOf(alice).runs.get(thread, run)).status).toBe('pending')
})

test('an approver who sees all of the tenant only answers, without the role "run"', async () => {
  const shared = await startTestServer(database(), {}, peopleSignIn('tenant'))
  try {
    const { thread, lines, resume } = await asking()
    for (const [command, more] of [
      [{ resume, update: { messages: [] } }, {}],
      [{ resume, goto: 'tools' }, {}],
      [{ resume }, { input: { messages: [] } }],
      [{ resume }, { multitask_strategy: 'rollback' }],
    ] as const) {
      const { status, text } = await resumed(carol, thread, command, shared, more)
      expect([status, JSON.parse(text).code]).toEqual([403, 'only_answers'])
    }
    expect(lines()).toEqual([])
    expect((await resumed(carol, thread, { resume }, shared)).status).toBe(200)
    expect(await ownersOfRuns(thread)).toEqual(['alice', 'alice'])
  } finally {
    await shared.drain()
  }
})

test('an approver without the role "run" starts no run of its own', async () => {
  for (const [path, body] of [
    ['/runs', { assistant_id: 'steps', input: {} }],
    ['/threads', {}],
    [`/threads/${randomUUID()}/runs`, { assistant_id: 'steps', input: {} }],
  ] as const) {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headersOf(carol) },
      body: JSON.stringify(body),
    })
    expect([response.status, JSON.parse(await response.text())]).toEqual([
      403,
      { code: 'role_missing', detail: expect.stringContaining('"run"') },
    ])
  }
})

describe('routes of the project', () => {
  const project = writeProject({
    'langgraph.json': { graphs: { agent: './agent.ts:graph' }, http: { app: './app.ts:app' } },
    'agent.ts': `
      import { Annotation, StateGraph } from '@langchain/langgraph'
      export const graph = new StateGraph(Annotation.Root({ a: Annotation() })).addNode('n', () => ({ a: 1 }))
        .addEdge('__start__', 'n').addEdge('n', '__end__').compile()`,
    'app.ts': `
      import { Hono } from 'hono'
      export const app = new Hono()
      app.use('/threads/*', async (c, next) => next())
      app.get('/*', async (c, next) => next())
      app.get('/hello', (c) => c.text('hello'))
      app.get('/threads/:thread_id', (c) => c.text('of the project'))`,
  })
  let own: TestServer
  beforeAll(async () => {
    own = await startTestServer(database(), { AGENTS_CONFIG: project.config }, peopleSignIn())
  })
  afterAll(async () => {
    await own?.drain()
    project.remove()
  })
  const statusOf = async (path: string, who?: Person): Promise<number> =>
    (await fetch(own.url + path, { headers: headersOf(who) })).status

  test('need a caller, and a role only in the place of a route of the API', async () => {
    const nobody = person('nobody', [])
    expect(await statusOf('/hello')).toBe(401)
    expect(await statusOf('/hello', nobody)).toBe(200)
    expect(await statusOf('/threads/1', nobody)).toBe(403)
    expect(await statusOf('/threads/1', alice)).toBe(200)
    expect(await statusOf('/threads/1/state', nobody)).toBe(403)
    expect(await statusOf(`/runs/${randomUUID()}/stream`, nobody)).toBe(403)
    expect(await statusOf('/assistants/agent', nobody)).toBe(403)
  })
})
