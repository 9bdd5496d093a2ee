import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())
const kind = randomUUID()
let ran = ''
let asked = ''

beforeAll(async () => {
  const { threads, runs } = server().client
  ran = (await threads.create({ metadata: { kind, labels: [{ 'a b': 1 }, { 'a b': 2 }] } })).thread_id
  asked = (await threads.create({ metadata: { kind } })).thread_id
  await runs.wait(ran, 'echo', {
    input: { messages: [{ role: 'user', content: 'hello' }] },
    config: { tags: ['t'], configurable: { user: 'u1', checkpoint_id: null }, recursion_limit: 7 },
    context: { colour: 'blue' },
  })
  await runs.wait(asked, 'questions', { input: { questions: ['why'] } })
})

/** The extracted parts of the thread that ran, and of the thread that was asked. */
async function extracted(extract: Record<string, string>, select?: ('thread_id' | 'values')[]): Promise<unknown[]> {
  const found = await server().client.threads.search({ metadata: { kind }, extract, ...(select ? { select } : {}) })
  return [ran, asked].map((id) => found.find(({ thread_id }) => thread_id === id)?.extracted)
}

describe('extract', () => {
  test('takes parts of values, metadata, config and interrupts, by keys and by indexes from both ends', async () => {
    const paths = {
      last: 'values.messages[-1].content',
      first: 'values.messages[0].type',
      label: 'metadata.labels[1].a b',
      user: 'config.configurable.user',
      none: 'values.messages[7].content',
    }
    expect((await extracted(paths))[0]).toEqual({
      last: 'You said: hello',
      first: 'human',
      label: 2,
      user: 'u1',
      none: null,
    })
    const { interrupts } = await server().client.threads.get(asked)
    const [task = ''] = Object.keys(interrupts)
    expect(
      (await extracted({ all: 'interrupts', one: `interrupts.${task}[0].value.question`, kind: 'metadata.kind' }))[1],
    ).toEqual({
      all: interrupts,
      one: 'why',
      kind,
    })
  })

  test('needs no selected field, and is absent from a search without it', async () => {
    const { threads } = server().client
    const [thread] = await threads.search({
      ids: [ran],
      select: ['thread_id'],
      extract: { last: 'values.messages[-1].content' },
    })
    expect(thread).toEqual({ thread_id: ran, extracted: { last: 'You said: hello' } })
    const [plain] = await threads.search({ ids: [ran] })
    expect(plain).not.toHaveProperty('extracted')
  })

  test.each([
    ['error.message', 'must begin with values, metadata, config, interrupts'],
    ['valuesx.a', 'must begin with'],
    ['values.', 'must begin with'],
    ['values[x]', 'must begin with'],
    ['values.a[1', 'must begin with'],
    ['values.a..b', 'must begin with'],
    ['values.a\0b', 'must not hold U+0000'],
    ['', 'must begin with'],
  ])('rejects the path %j', async (path, detail) => {
    await expect(extracted({ alias: path })).rejects.toThrow(detail)
  })

  test('takes at most ten aliases', async () => {
    const paths = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, number) => [`alias ${number}`, 'values.messages']))
    expect(Object.keys((await extracted(paths(10)))[0] ?? {})).toHaveLength(10)
    await expect(extracted(paths(11))).rejects.toThrow('extract: must have at most 10 aliases')
  })
})

describe('a thread', () => {
  test('has the configuration and the context of its newest run, without the checkpoint that the run named', async () => {
    const { threads, runs } = server().client
    const config = { tags: ['t'], configurable: { user: 'u1' }, recursion_limit: 7 }
    expect(await threads.get(ran)).toMatchObject({ config, context: { colour: 'blue' } })
    const [found] = await threads.search({ ids: [ran], select: ['config', 'context'] })
    expect(found).toEqual({ config, context: { colour: 'blue' } })
    const checkpointId = (await threads.getHistory(ran))[1]?.checkpoint.checkpoint_id
    await runs.wait(ran, 'echo', {
      input: { messages: [{ role: 'user', content: 'again' }] },
      config: { configurable: { user: 'u2', checkpoint_id: checkpointId } },
    })
    expect((await threads.get(ran)).config).toEqual({ configurable: { user: 'u2' } })
    // The run that named a checkpoint does not tie later runs to it, and they do not inherit its configuration.
    const last = await runs.wait(ran, 'echo', { input: { messages: [{ role: 'user', content: 'last' }] } })
    expect(last).toMatchObject({
      messages: [{ content: 'hello' }, { content: 'again' }, { content: 'You said: again' }, {}, {}],
    })
    expect((await threads.get(ran)).config).toEqual({ configurable: {} })
  })

  test('has an empty configuration before its first run', async () => {
    const { threads } = server().client
    const created = await threads.create()
    expect(created).toMatchObject({ config: {}, context: {}, interrupts: {}, error: null, values: null })
    expect(await threads.get(created.thread_id)).toEqual(created)
  })
})
