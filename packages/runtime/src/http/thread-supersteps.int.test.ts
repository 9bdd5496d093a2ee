import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())
const message = (role: string, content: string) => ({ messages: [{ role, content }] })

describe('supersteps of a new thread', () => {
  test('give it a state with a history, and a run continues it', async () => {
    const { threads, runs } = server().client
    const thread = await threads.create({
      graphId: 'echo',
      supersteps: [
        { updates: [{ values: message('user', 'hello'), asNode: '__start__' }] },
        { updates: [{ values: message('assistant', 'You said: hello'), asNode: 'echo' }] },
      ],
    })
    expect(thread).toMatchObject({
      status: 'idle',
      metadata: { graph_id: 'echo' },
      values: {
        messages: [
          { type: 'human', content: 'hello' },
          { type: 'ai', content: 'You said: hello' },
        ],
      },
    })
    const history = await threads.getHistory(thread.thread_id)
    expect(history.map(({ metadata }) => metadata?.source)).toEqual(['update', 'update'])
    expect(await runs.wait(thread.thread_id, 'echo', { input: message('user', 'again') })).toMatchObject({
      messages: [{}, {}, { content: 'again' }, { content: 'You said: again' }],
    })
  })

  test('of several updates are one superstep, and a command can go to a node', async () => {
    const { threads, runs } = server().client
    const thread = await threads.create({
      graphId: 'questions',
      supersteps: [
        { updates: [{ values: { questions: ['why'] }, asNode: '__start__' }] },
        {
          updates: [
            { values: { answers: ['one'] }, asNode: 'ask' },
            { values: { answers: ['two'] }, asNode: 'ask' },
          ],
        },
        {
          updates: [
            {
              values: null,
              command: { update: { questions: ['who'] }, goto: { node: 'ask', input: { question: 'who' } } },
              asNode: 'ask',
            },
          ],
        },
      ],
    })
    expect(thread.values).toMatchObject({ questions: ['who'], answers: ['one', 'two'] })
    expect(await threads.getHistory(thread.thread_id)).toHaveLength(3)
    expect(await runs.wait(thread.thread_id, 'questions', { input: null })).toMatchObject({
      __interrupt__: [{ value: { question: 'who' } }],
    })
  })

  test('are all applied or none: a rejected one leaves no thread', async () => {
    const { threads } = server().client
    const threadId = randomUUID()
    const create = threads.create({
      threadId,
      graphId: 'echo',
      supersteps: [
        { updates: [{ values: message('user', 'hello'), asNode: '__start__' }] },
        { updates: [{ values: message('user', 'more'), asNode: 'nobody' }] },
      ],
    })
    await expect(create).rejects.toThrow('The graph \\"echo\\" refuses this update: Node \\"nobody\\" does not exist')
    await expect(threads.get(threadId)).rejects.toThrow('404')
    await threads.create({ threadId })
    expect(await threads.getHistory(threadId)).toEqual([])
  })

  test('are not applied to a thread that exists', async () => {
    const { threads } = server().client
    const threadId = randomUUID()
    const create = () =>
      threads.create({
        threadId,
        graphId: 'echo',
        ifExists: 'do_nothing',
        supersteps: [{ updates: [{ values: message('user', 'hello'), asNode: '__start__' }] }],
      })
    const created = await create()
    expect(await create()).toEqual(created)
    expect(await threads.getHistory(threadId)).toHaveLength(1)
  })

  test.each([
    ['no graph', {}, [{ updates: [{ values: {}, asNode: 'echo' }] }], 'Send the graph too, in metadata.graph_id'],
    [
      'an unknown graph',
      { graphId: 'nobody' },
      [{ updates: [{ values: {}, asNode: 'echo' }] }],
      'There is no assistant',
    ],
    ['no update', { graphId: 'echo' }, [{ updates: [] }], 'supersteps.0.updates'],
    [
      'an answer',
      { graphId: 'echo' },
      [{ updates: [{ values: null, command: { resume: 'yes' }, asNode: 'echo' }] }],
      'a superstep answers no interrupt',
    ],
  ])('with %s are rejected', async (_what, graph, supersteps, detail) => {
    const { threads } = server().client
    await expect(threads.create({ ...graph, supersteps })).rejects.toThrow(detail)
  })
})

describe('an update of the state', () => {
  test('without values and node copies the newest checkpoint', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'echo', { input: message('user', 'hello') })
    const { values } = await threads.getState(thread_id)
    await threads.updateState(thread_id, { values: null })
    const after = await threads.getState(thread_id)
    expect(after).toMatchObject({ values, next: [], metadata: { source: 'update' } })
  })

  test('with a list applies its items one after another', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'echo', { input: message('user', 'hello') })
    const list: unknown = [message('user', 'one'), message('user', 'two')]
    await threads.updateState(thread_id, { values: list, asNode: 'echo' })
    expect(await threads.getState(thread_id)).toMatchObject({
      values: { messages: [{}, {}, { content: 'one' }, { content: 'two' }] },
    })
    expect(await threads.getHistory(thread_id)).toHaveLength(5)
    const refused: unknown = [message('user', 'three'), 4]
    await expect(threads.updateState(thread_id, { values: refused, asNode: 'echo' })).rejects.toThrow('422')
    expect(await threads.getHistory(thread_id)).toHaveLength(5)
  })

  test('that several nodes could have made says so', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'sides', { input: { said: [] } })
    await expect(threads.updateState(thread_id, { values: { said: ['more'] } })).rejects.toThrow(
      'Send as_node with the name of one: GET /assistants/sides/graph lists them',
    )
    await threads.updateState(thread_id, { values: { said: ['more'] }, asNode: 'left' })
    expect(await threads.getState(thread_id)).toMatchObject({ values: { said: ['left', 'right', 'more'] } })
  })
})
