import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { field } from '@hadal/middleware/unknown-value'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())
const say = (content: string) => ({ messages: [{ role: 'user', content }] })
const json = { 'content-type': 'application/json' }

interface Answer {
  readonly status: number
  readonly detail: unknown
}

async function answer(method: string, path: string, body?: unknown): Promise<Answer> {
  const init = body === undefined ? { method } : { method, headers: json, body: JSON.stringify(body) }
  const response = await fetch(`${server().url}${path}`, init)
  const given: unknown = await response.json()
  return { status: response.status, detail: field(given, 'detail') }
}

let threadId = ''
let others = ''
let newest = ''
const first = { a: '' }

/** Returns the thread, its history and its runs: everything that a rejected request must not change. */
async function trace(): Promise<unknown> {
  const { threads, runs } = server().client
  return [await threads.get(threadId), await threads.getHistory(threadId), await runs.list(threadId)]
}

beforeAll(async () => {
  const { threads, runs } = server().client
  for (const content of ['mine', 'theirs']) {
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'echo', { input: say(content) })
    const [last] = await threads.getHistory(thread_id)
    if (content === 'mine') {
      threadId = thread_id
      newest = last?.checkpoint.checkpoint_id ?? ''
      first.a = (await threads.getHistory(thread_id)).at(-1)?.checkpoint.checkpoint_id ?? ''
    } else others = last?.checkpoint.checkpoint_id ?? ''
  }
})

/** Every field in which a request may name a checkpoint. */
const ways: [string, (id: string) => Promise<Answer>][] = [
  ['checkpoint_id of a run', (id) => run({ checkpoint_id: id })],
  ['checkpoint of a run', (id) => run({ checkpoint: { checkpoint_id: id } })],
  ['checkpoint of a run, with its thread', (id) => run({ checkpoint: { checkpoint_id: id, thread_id: threadId } })],
  ['checkpoint of a run, in a namespace', (id) => run({ checkpoint: { checkpoint_id: id, checkpoint_ns: 'tools:1' } })],
  ['checkpoint_map of a run', (id) => run({ checkpoint: { checkpoint_id: newest, checkpoint_map: { '': id } } })],
  ['only the checkpoint_map of a run', (id) => run({ checkpoint: { checkpoint_map: { 'tools:1': id } } })],
  ['config.configurable of a run', (id) => run({ config: { configurable: { checkpoint_id: id } } })],
  ['a run that waits', (id) => run({ checkpoint_id: id }, '/wait')],
  ['a run that streams', (id) => run({ checkpoint_id: id }, '/stream')],
  ['a run with multitask_strategy rollback', (id) => run({ checkpoint_id: id, multitask_strategy: 'rollback' })],
  ['GET state', (id) => answer('GET', `/threads/${threadId}/state/${encodeURIComponent(id)}`)],
  ['POST state at a checkpoint', (id) => ofThread('state/checkpoint', { checkpoint: { checkpoint_id: id } })],
  [
    'POST state at a checkpoint of a namespace',
    (id) => ofThread('state/checkpoint', { checkpoint: { checkpoint_id: id, checkpoint_ns: 'tools:1' } }),
  ],
  ['checkpoint_id of a state update', (id) => ofThread('state', { values: say('x'), checkpoint_id: id })],
  [
    'checkpoint_id of a state update beside an empty checkpoint',
    (id) => ofThread('state', { values: say('x'), checkpoint: {}, checkpoint_id: id }),
  ],
  ['checkpoint of a state update', (id) => ofThread('state', { values: say('x'), checkpoint: { checkpoint_id: id } })],
  ['before, as text', (id) => ofThread('history', { before: id })],
  ['before, as a checkpoint', (id) => ofThread('history', { before: { checkpoint_id: id } })],
  ['before, as a configuration', (id) => ofThread('history', { before: { configurable: { checkpoint_id: id } } })],
  ['checkpoint of a history', (id) => ofThread('history', { checkpoint: { checkpoint_id: id } })],
]
const run = (body: object, end = ''): Promise<Answer> =>
  ofThread(`runs${end}`, { assistant_id: 'echo', input: say('x'), ...body })
const ofThread = (path: string, body: object): Promise<Answer> => answer('POST', `/threads/${threadId}/${path}`, body)

describe('a checkpoint that the thread does not have', () => {
  test.each(ways)('is rejected with 404 in %s, and nothing is written', async (_name, ask) => {
    const before = await trace()
    for (const id of [randomUUID(), 'nonsense', others, `${newest}\0`, "' OR true --"]) {
      expect(await ask(id)).toEqual({ status: 404, detail: expect.stringContaining(threadId) })
      expect((await ask(id)).detail).toContain(`There is no checkpoint ${id}`)
    }
    expect(await trace()).toEqual(before)
  })

  test('is rejected if it is named with another thread', async () => {
    const checkpoint = { checkpoint_id: newest, thread_id: randomUUID() }
    for (const [path, body] of [
      ['runs', { assistant_id: 'echo', checkpoint }],
      ['state', { values: say('x'), checkpoint }],
      ['state/checkpoint', { checkpoint }],
      ['history', { before: checkpoint }],
    ] as const) {
      expect(await ofThread(path, body)).toMatchObject({ status: 404, detail: expect.stringContaining(newest) })
    }
  })

  test('is rejected for a thread that the run would create, and the thread is not created', async () => {
    const created = randomUUID()
    const body = { assistant_id: 'echo', input: say('x'), checkpoint_id: newest, if_not_exists: 'create' }
    expect(await answer('POST', `/threads/${created}/runs`, body)).toMatchObject({ status: 404 })
    expect(await answer('GET', `/threads/${created}`)).toMatchObject({ status: 404 })
    const stateless = { assistant_id: 'echo', config: { configurable: { checkpoint_id: newest } } }
    // A run without a thread starts from no checkpoint, so the key of a graph that calls another one means nothing.
    expect(await answer('POST', '/runs/wait', { ...stateless, input: say('x') })).toMatchObject({ status: 200 })
    const named = { assistant_id: 'echo', checkpoint_id: newest }
    expect(await answer('POST', '/runs', named)).toMatchObject({
      status: 422,
      detail: expect.stringContaining('has no checkpoint from which it could start'),
    })
  })

  test('is rejected if only its namespace is given, with a character that PostgreSQL cannot store', async () => {
    const checkpoint = { checkpoint_ns: 'tools:\0' }
    for (const path of ['state/checkpoint', 'history']) {
      expect(await ofThread(path, { checkpoint })).toMatchObject({
        status: 422,
        detail: expect.stringContaining('checkpoint.checkpoint_ns: must not hold U+0000'),
      })
    }
  })

  test('is rejected with 422 if it is not a text, or if two fields name different checkpoints', async () => {
    const numbers = await run({ checkpoint: { checkpoint_id: newest, checkpoint_map: { '': 7 } } })
    expect(numbers).toMatchObject({ status: 422, detail: expect.stringContaining('checkpoint_map') })
    const two = await run({ checkpoint: { checkpoint_id: newest }, checkpoint_id: first.a })
    expect(two).toMatchObject({ status: 422, detail: expect.stringContaining('Send one of them') })
    expect(await run({ config: { configurable: { checkpoint_id: 7 } } })).toMatchObject({
      status: 422,
      detail: expect.stringContaining('config.configurable.checkpoint_id'),
    })
  })

  test('fails a queued run if a rollback removed the checkpoint meanwhile', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    const gate = join(tmpdir(), `never-${randomUUID()}`)
    const { run_id } = await runs.create(thread_id, 'steps', { input: { steps: 4, gate } })
    const [last] = await eventually(
      () => threads.getHistory(thread_id),
      ([newest]) => newest?.metadata?.step === 2,
    )
    const checkpointId = last?.checkpoint.checkpoint_id ?? ''
    const later = await runs.create(thread_id, 'steps', {
      input: { steps: 4 },
      checkpointId,
      multitaskStrategy: 'enqueue',
    })
    await runs.cancel(thread_id, run_id, false, 'rollback')
    expect(await runs.join(thread_id, later.run_id)).toEqual({
      __error__: expect.objectContaining({
        message: expect.stringContaining(`There is no checkpoint ${checkpointId}`),
      }),
    })
    expect(await threads.getHistory(thread_id)).toEqual([])
  })
})

describe('a checkpoint that the thread has', () => {
  test.each([
    ['checkpoint_id', (checkpoint_id: string) => ({ checkpoint_id })],
    ['checkpoint', (checkpoint_id: string) => ({ checkpoint: { checkpoint_id, thread_id: threadId } })],
    ['config.configurable', (checkpoint_id: string) => ({ config: { configurable: { checkpoint_id } } })],
  ])('is the start of a run that names it in %s', async (_name, named) => {
    const { threads, runs } = server().client
    await runs.wait(threadId, 'echo', { input: say('between') })
    await run({ input: say('fork'), ...named(newest) }, '/wait')
    const { values } = await threads.getState<{ messages: { content: string }[] }>(threadId)
    expect(values.messages.map(({ content }) => content)).toEqual(['mine', 'You said: mine', 'fork', 'You said: fork'])
  })
})
