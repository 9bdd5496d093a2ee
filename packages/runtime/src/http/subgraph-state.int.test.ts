import { field } from '@hadal/middleware/unknown-value'
import type { Checkpoint, ThreadState } from '@langchain/langgraph-sdk'
import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())

/** A thread that waits in the subgraph of a subgraph, and the states of both subgraphs. */
async function waitingTrip(): Promise<{ threadId: string; booking: ThreadState; payment: ThreadState }> {
  const { threads, runs } = server().client
  const { thread_id: threadId } = await threads.create()
  await runs.wait(threadId, 'trips', { input: { city: 'Oslo' } })
  const state = await threads.getState(threadId, undefined, { subgraphs: true })
  const booking = state.tasks[0]?.state
  const payment = booking?.tasks[0]?.state
  if (!booking || !payment) throw new Error('The state has no subgraphs.')
  return { threadId, booking, payment }
}

const pending = async (threadId: string): Promise<unknown[]> =>
  Object.values((await server().client.threads.get(threadId)).interrupts).flat()

const resume = (threadId: string, answer: unknown, checkpoint?: Checkpoint): Promise<unknown> =>
  server().client.runs.wait(threadId, 'trips', { command: { resume: answer }, ...(checkpoint ? { checkpoint } : {}) })

describe('the state of a subgraph', () => {
  test('is part of the state of its thread, at every level', async () => {
    const { threadId, booking, payment } = await waitingTrip()
    expect(booking).toMatchObject({
      next: ['payment'],
      checkpoint: { checkpoint_ns: expect.stringMatching(/^booking:/) },
    })
    expect(payment).toMatchObject({
      values: { city: 'Oslo', price: 4 },
      next: ['confirm'],
      checkpoint: { checkpoint_ns: expect.stringMatching(/^booking:[^|]+\|payment:/) },
      interrupts: [{ value: { city: 'Oslo', price: 4 } }],
    })
    const root = await server().client.threads.getState(threadId)
    expect(root.tasks[0]).toMatchObject({
      state: null,
      checkpoint: { thread_id: threadId, checkpoint_ns: booking.checkpoint.checkpoint_ns },
    })
    expect(field(root, 'interrupts')).toEqual(field(payment, 'interrupts'))
  })

  test('is read by its namespace, by its checkpoint and by its checkpoint map', async () => {
    const { threads } = server().client
    const { threadId, payment } = await waitingTrip()
    const { checkpoint_ns, checkpoint_id, checkpoint_map } = payment.checkpoint
    const named: unknown[] = [{ checkpoint_ns }, { checkpoint_ns, checkpoint_id }, { checkpoint_ns, checkpoint_map }]
    for (const checkpoint of named) expect(await threads.getState(threadId, checkpoint as Checkpoint)).toEqual(payment)
  })

  test('has a history of its own', async () => {
    const { threads } = server().client
    const { threadId, payment } = await waitingTrip()
    const history = await threads.getHistory(threadId, {
      checkpoint: { checkpoint_ns: payment.checkpoint.checkpoint_ns },
    })
    expect(history.map(({ next }) => next)).toEqual([['confirm'], ['quote'], ['__start__']])
    expect(history[0]?.values).toEqual(payment.values)
    const [newest] = history
    const before = { configurable: { ...newest?.checkpoint } }
    const older = await threads.getHistory(threadId, {
      checkpoint: { checkpoint_ns: payment.checkpoint.checkpoint_ns },
      before,
    })
    expect(older).toEqual(history.slice(1))
  })

  test('is empty before the subgraph begins, and can not be changed then', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'trips', { input: { city: 'Oslo' }, interruptBefore: ['booking'] })
    const checkpoint = (await threads.getState(thread_id)).tasks[0]?.checkpoint
    expect(await threads.getState(thread_id, checkpoint ?? undefined)).toMatchObject({
      values: {},
      next: [],
      checkpoint: { checkpoint_ns: checkpoint?.checkpoint_ns, checkpoint_id: null },
    })
    const change = threads.updateState(thread_id, {
      values: { city: 'Rome' },
      ...(checkpoint ? { checkpoint } : {}),
      asNode: 'check',
    })
    await expect(change).rejects.toThrow('a subgraph has a state when it has begun')
    expect(await runs.wait(thread_id, 'trips', { input: null })).toMatchObject({
      __interrupt__: [{ value: { city: 'Oslo' } }],
    })
  })
})

describe('a change of the state of a subgraph', () => {
  test('is seen by the subgraph, which asks again, and the answer ends the run', async () => {
    const { threads, runs } = server().client
    const { threadId, payment } = await waitingTrip()
    const { checkpoint } = payment
    const update = await threads.updateState(threadId, {
      values: { city: 'Rome', price: 9 },
      checkpoint,
      asNode: 'quote',
    })
    expect(update.configurable).toMatchObject({ checkpoint_ns: checkpoint.checkpoint_ns })
    const changed = await threads.getState(threadId, { ...checkpoint, checkpoint_id: null, checkpoint_map: null })
    expect(changed).toMatchObject({ values: { city: 'Rome', price: 9 }, next: ['confirm'], interrupts: [] })
    expect(await threads.get(threadId)).toMatchObject({ status: 'interrupted', interrupts: {} })
    expect(await runs.wait(threadId, 'trips', { input: null })).toMatchObject({
      __interrupt__: [{ value: { city: 'Rome', price: 9 } }],
    })
    expect(await resume(threadId, 'yes')).toMatchObject({ answer: 'booked yes: Rome for 9' })
    expect(await threads.get(threadId)).toMatchObject({ status: 'idle', interrupts: {} })
  })

  test('is seen by the subgraph that is answered at once', async () => {
    const { threads } = server().client
    const { threadId, payment } = await waitingTrip()
    await threads.updateState(threadId, { values: { city: 'Rome' }, checkpoint: payment.checkpoint })
    expect(await resume(threadId, 'yes')).toMatchObject({ answer: 'booked yes: Rome for 4' })
  })

  test.each(['booking', 'payment'] as const)(
    'of %s continues from the checkpoint that the update returned',
    async (name) => {
      const { threads, runs } = server().client
      const { threadId, ...states } = await waitingTrip()
      const { configurable } = await threads.updateState(threadId, {
        values: { city: 'Rome' },
        checkpoint: states[name].checkpoint,
        asNode: name === 'booking' ? 'check' : 'quote',
      })
      const checkpoint = configurable as Checkpoint
      expect(await runs.wait(threadId, 'trips', { input: null, checkpoint })).toMatchObject({
        __interrupt__: [{ value: { city: 'Rome', price: 4 } }],
      })
      expect(await resume(threadId, 'yes')).toMatchObject({ answer: 'booked yes: Rome for 4' })
    },
  )

  test('is answered at the checkpoint that the update returned', async () => {
    const { threads } = server().client
    const { threadId, payment } = await waitingTrip()
    const values = { city: 'Rome' }
    const { configurable } = await threads.updateState(threadId, { values, checkpoint: payment.checkpoint })
    expect(await resume(threadId, 'yes', configurable as Checkpoint)).toMatchObject({
      answer: 'booked yes: Rome for 4',
    })
  })

  test('as the node that asks answers for it', async () => {
    const { threads, runs } = server().client
    const { threadId, payment } = await waitingTrip()
    await threads.updateState(threadId, {
      values: { answer: 'agreed' },
      checkpoint: payment.checkpoint,
      asNode: 'confirm',
    })
    expect(await pending(threadId)).toEqual([])
    expect(await runs.wait(threadId, 'trips', { input: null })).toMatchObject({ answer: 'booked agreed' })
  })

  test('withdraws the question that the subgraph asked: its id can not be answered any more', async () => {
    const { threads } = server().client
    const { threadId, payment } = await waitingTrip()
    const [asked] = await pending(threadId)
    await threads.updateState(threadId, { values: { city: 'Rome' }, checkpoint: payment.checkpoint, asNode: 'quote' })
    await expect(resume(threadId, { [String(field(asked, 'id'))]: 'yes' })).rejects.toThrow('none pending')
    await expect(resume(threadId, { decisions: [{ type: 'approve' }] })).rejects.toThrow('none pending')
  })

  test('in a subgraph between leaves the state of the one inside', async () => {
    const { threads, runs } = server().client
    const { threadId, booking } = await waitingTrip()
    await threads.updateState(threadId, { values: { city: 'Rome' }, checkpoint: booking.checkpoint, asNode: 'check' })
    expect(await runs.wait(threadId, 'trips', { input: null })).toMatchObject({
      __interrupt__: [{ value: { city: 'Rome', price: 4 } }],
    })
    expect(await resume(threadId, 'yes')).toMatchObject({ answer: 'booked yes: Rome for 4' })
  })

  test('of an unknown namespace or an unknown subgraph is rejected, and changes nothing', async () => {
    const { threads } = server().client
    const { threadId, payment } = await waitingTrip()
    const before = await threads.getState(threadId, undefined, { subgraphs: true })
    const change = (checkpoint_ns: string) =>
      threads.updateState(threadId, {
        values: { city: 'Rome' },
        checkpoint: { ...payment.checkpoint, checkpoint_id: null, checkpoint_map: null, checkpoint_ns },
        asNode: 'quote',
      })
    await expect(change(`${payment.checkpoint.checkpoint_ns}0`)).rejects.toThrow('404')
    await expect(change('hotel:1')).rejects.toThrow('There is no state in namespace')
    expect(await threads.getState(threadId, undefined, { subgraphs: true })).toEqual(before)
    expect(await resume(threadId, 'yes')).toMatchObject({ answer: 'booked yes: Oslo for 4' })
  })

  test('of the root graph also makes it ask again, and an answer goes to the new question', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'questions', { input: { questions: ['why'] } })
    await threads.updateState(thread_id, { values: { questions: ['who'] }, asNode: 'plan' })
    const answered = await runs.wait(thread_id, 'questions', { command: { resume: 'me' } })
    expect(answered).toMatchObject({ answers: ['who: "me"'] })
  })
})

test('a run from an older checkpoint of a subgraph, with its map, ties no later run to it', async () => {
  const { threads, runs } = server().client
  const { threadId, payment } = await waitingTrip()
  const { checkpoint_ns } = payment.checkpoint
  const history = await threads.getHistory(threadId, { checkpoint: { checkpoint_ns } })
  const older = history.find(({ next }) => next.includes('quote'))?.checkpoint
  if (!older) throw new Error('The subgraph has no older checkpoint.')
  expect(older.checkpoint_map).toMatchObject({ '': expect.any(String) })
  expect(await runs.wait(threadId, 'trips', { input: null, checkpoint: older })).toMatchObject({
    __interrupt__: [{ value: { city: 'Oslo', price: 4 } }],
  })
  expect(await resume(threadId, 'yes')).toMatchObject({ answer: 'booked yes: Oslo for 4' })
  expect(await runs.wait(threadId, 'trips', { input: { city: 'Rome!' } })).toMatchObject({
    __interrupt__: [{ value: { city: 'Rome!', price: 5 } }],
  })
  expect(await resume(threadId, 'yes')).toMatchObject({ answer: 'booked yes: Rome! for 5' })
})
