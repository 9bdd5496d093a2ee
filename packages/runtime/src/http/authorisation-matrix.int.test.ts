import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askedQuestions } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { clientOfPerson, headersOf, type Person, peopleSignIn, person } from '../fixtures/people.ts'
import { expectations, type RouteExpectation } from '../fixtures/route-expectations.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { type NeededRoles, routeAccess } from './route-access.ts'

const database = createDatabase()
const effects = effectsFiles()
let server: TestServer
beforeAll(async () => {
  // One database role, to which row-level security does not apply: the conditions of the statements alone keep users and tenants apart.
  server = await startTestServer(database(), { DATABASE_LOOPS_URL: '' }, peopleSignIn())
})
afterAll(() => server?.drain())

const owner = person('alice', ['read', 'run'])
const other = person('bob', ['read', 'run'])
const approver = person('carol', ['read', 'run', 'approve'])
const administrator = person('dora', ['administer'])
// The same user id in another tenant is another user.
const stranger = person('alice', ['read', 'run', 'approve', 'administer'], 'globex')

/** Ids of the owner's objects. */
interface Objects {
  readonly thread: string
  readonly run: string
  readonly checkpoint: string
  readonly assistant: string
  readonly item: string
}

const clientOf = (who: Person) => clientOfPerson(server.url, who)
const said = (calls: readonly object[]) => ({ messages: [{ role: 'user', content: JSON.stringify(calls) }] })

/** Makes objects of the owner: a thread with a finished run, or one whose run waits for an answer; an assistant, and an item. */
async function objects(waits: boolean): Promise<Objects> {
  const client = clientOf(owner)
  const { thread_id: thread } = await client.threads.create({ metadata: { of: 'owner' } })
  const { assistant_id: assistant } = await client.assistants.create({ graphId: 'steps', metadata: { of: 'owner' } })
  const pay = { name: 'pay', args: { file: effects().path, amount: 1 } }
  if (waits) await client.runs.wait(thread, 'guarded', { input: said([pay]) })
  else await client.runs.wait(thread, 'steps', { input: { steps: 1 } })
  const [run] = await client.runs.list(thread)
  const state = await client.threads.getState(thread)
  const item = randomUUID()
  await client.store.putItem(['notes'], item, { secret: 'of the owner' })
  return {
    thread,
    run: run?.run_id ?? '',
    checkpoint: state.checkpoint.checkpoint_id ?? '',
    assistant,
    item,
  }
}

const missing = (): Objects => ({
  thread: randomUUID(),
  run: randomUUID(),
  checkpoint: randomUUID(),
  assistant: randomUUID(),
  item: randomUUID(),
})

const filled = (text: string, { thread, run, checkpoint, assistant, item }: Objects): string =>
  text
    .replaceAll(':thread_id', thread)
    .replaceAll(':run_id', run)
    .replaceAll(':checkpoint_id', checkpoint)
    .replaceAll(':assistant_id', assistant)
    .replaceAll(':item', item)

interface Answer {
  readonly status: number
  readonly text: string
}

/** Sends a request to a route, and reads a stream only until its first bytes. */
async function send(
  who: Person | undefined,
  route: string,
  { query = '', body }: Pick<RouteExpectation, 'query' | 'body'>,
  of: Objects,
): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ')
  const response = await fetch(`${server.url}${filled(path + query, of)}`, {
    method,
    headers: { ...headersOf(who), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: filled(JSON.stringify(body), of) } : {}),
  })
  if (response.headers.get('content-type') !== 'text/event-stream')
    return { status: response.status, text: await response.text() }
  await response.body?.cancel()
  return { status: response.status, text: '' }
}

/** An answer without the ids of the request, which a refusal repeats. */
const withoutIds = ({ status, text }: Answer, of: Objects): Answer => ({
  status,
  text: Object.entries(of).reduce((left, [name, id]) => left.replaceAll(id, name), text),
})

const neededRoles: Readonly<Record<string, NeededRoles>> = routeAccess
const probes = ['GET /health', 'GET /ready', 'GET /ok']

test('each route of the server has expectations, and no expectation has a route that is gone', () => {
  const served = new Set(server.routes.filter((route) => !probes.includes(route)))
  expect(new Set(Object.keys(expectations))).toEqual(served)
  expect(new Set(Object.keys(routeAccess))).toEqual(served)
})

let resting: Objects
let waiting: Objects
beforeAll(async () => {
  resting = await objects(false)
  waiting = await objects(true)
})

/** Objects for one request: shared ones, unless the request changes what others of this table need. */
const restingFor = ({ changes }: RouteExpectation): Promise<Objects> | Objects => (changes ? objects(false) : resting)
const waitingFor = ({ changes }: RouteExpectation): Promise<Objects> | Objects => (changes ? objects(true) : waiting)

describe.each(Object.entries(expectations))('%s', (route, expected) => {
  test('needs a sign-in', async () => {
    expect((await send(undefined, route, expected, resting)).status).toBe(401)
  })

  test('is refused to a caller without the role', async () => {
    const needed = neededRoles[route] ?? []
    const { status, text } = await send(person('nobody', []), route, expected, resting)
    if (needed.length === 0) return expect(status).toBe(expected.status)
    expect(status).toBe(403)
    for (const role of needed) expect(JSON.parse(text).detail).toContain(`"${role}"`)
  })

  test('answers its owner and administrators', async () => {
    for (const who of [owner, administrator]) {
      const answer = await send(who, route, expected, await restingFor(expected))
      expect([who.user, answer.status, answer.text]).toEqual([who.user, expected.status, expect.any(String)])
    }
  })

  if (expected.names) {
    test.each([
      ['another user', other],
      ['an approver while nothing waits', approver],
      ['an administrator of another tenant', stranger],
    ])('answers %s as if the object did not exist', async (_who, who) => {
      const of = await restingFor(expected)
      const none = missing()
      const hidden = await send(who, route, expected, of)
      expect(withoutIds(hidden, of)).toEqual(withoutIds(await send(who, route, expected, none), none))
      expect(hidden.status).toBe(expected.hidden ?? 404)
    })

    test('answers an approver about what waits only if it is a read of it', async () => {
      const of = await waitingFor(expected)
      const { status } = await send(approver, route, expected, of)
      expect(status).toBe(expected.approver ?? expected.hidden ?? 404)
      for (const who of [other, stranger])
        expect((await send(who, route, expected, of)).status).toBe(expected.hidden ?? 404)
    })
  }

  const { lists } = expected
  if (lists) {
    test('lists to each caller what it may see', async () => {
      const seen = async (who: Person, of: Objects): Promise<boolean> =>
        (await send(who, route, expected, of)).text.includes(lists(of))
      expect(await seen(owner, resting)).toBe(true)
      expect(await seen(administrator, resting)).toBe(true)
      for (const who of [other, approver, stranger]) expect([who, await seen(who, resting)]).toEqual([who, false])
      expect(await seen(approver, waiting)).toBe(expected.approver === 200)
      for (const who of [other, stranger]) expect([who, await seen(who, waiting)]).toEqual([who, false])
    })
  }
})

describe('approvers', () => {
  const answerOf = async (thread: string) => {
    const [question] = await askedQuestions(clientOf(owner), thread)
    return { [question?.id ?? '']: { decisions: [{ type: 'approve' }], digest: question?.digest } }
  }

  test('answer the question of another user, whose run goes on as that user', async () => {
    const { thread } = await objects(true)
    const command = { resume: await answerOf(thread) }
    const carol = clientOf(person('carol', ['approve']))
    await carol.runs.wait(thread, 'guarded', { command })
    await expect(carol.threads.get(thread)).rejects.toThrow('404')
    const runs = await clientOf(owner).runs.list(thread)
    expect(runs.map(({ status }) => status)).toEqual(['success', 'interrupted'])
  })
})
