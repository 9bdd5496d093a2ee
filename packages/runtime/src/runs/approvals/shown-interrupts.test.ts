import { describe, expect, test } from 'vitest'
import { type AskingTask, shownInterrupts, shownList, singleInterrupts, waitingCalls } from './shown-interrupts.ts'

/** The interrupt of one call that waits for an approval. */
const asked = (amount: number, position?: number) => ({
  id: `${amount}`.padStart(32, '0'),
  value: {
    actionRequests: [{ name: 'pay', args: { amount }, description: 'Pay?' }],
    reviewConfigs: [{ actionName: 'pay', allowedDecisions: ['approve'] }],
    approval: {
      digest: `${amount}`.padStart(64, '0'),
      expiresAt: new Date(amount).toISOString(),
      ...(position === undefined ? {} : { position }),
    },
  },
})
const own = { id: 'f'.repeat(32), value: { question: 'colour' } }
const task = (id: string, interrupts: AskingTask['interrupts'], waits = true): AskingTask => ({ id, interrupts, waits })
const amounts = (interrupts: Parameters<typeof waitingCalls>[0]) =>
  waitingCalls(interrupts).map(({ request }) => request.actionRequests[0].args.amount)

describe('shown interrupts', () => {
  test('list the calls by task, and in a task by their position in the message', () => {
    expect(amounts({ b: [asked(3, 1), asked(2, 0)], a: [asked(1)] })).toEqual([2, 3, 1])
  })

  test('without a position keep the order of the interrupts, as the previous release wrote them', () => {
    expect(amounts({ a: [asked(3), asked(2)] })).toEqual([3, 2])
  })

  test('are at the last task that waits, behind its own interrupts', () => {
    const shown = shownInterrupts([task('a', [asked(1)]), task('b', [own]), task('c', []), task('d', [own], false)])
    expect([...shown].map(([id, list]) => [id, list.length])).toEqual([
      ['a', 0],
      ['b', 2],
      ['c', 0],
      ['d', 1],
    ])
    expect(shown.get('b')?.[0]).toBe(own)
  })

  test('leave out a call whose task has a result, or whose question is closed', () => {
    const tasks = [task('a', [asked(1)], false), task('b', [asked(2)]), task('c', [asked(3)])]
    const closed = new Set(['3'.padStart(64, '0')])
    expect([...shownInterrupts(tasks, closed).values()].map((list) => list.length)).toEqual([0, 1, 0])
  })

  test('have an id that depends on the calls and their order', () => {
    const idOf = (...calls: ReturnType<typeof asked>[]) => shownList({ a: calls })[0]?.id
    const ids = [idOf(asked(1), asked(2)), idOf(asked(2), asked(1)), idOf(asked(1)), idOf(asked(2))]
    expect(new Set(ids).size).toBe(4)
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id ?? ''))).toBe(true)
  })

  test('expire with the first of their calls, whatever the order', () => {
    for (const calls of [
      [asked(5), asked(4)],
      [asked(4), asked(5)],
    ])
      expect(shownList({ a: calls })[0]?.value).toMatchObject({ approval: { expiresAt: new Date(4).toISOString() } })
  })
})

test("a subgraph's tasks show each call by its own id, in both spellings", () => {
  const shown = singleInterrupts([task('a', [own, asked(1)])])
  expect(shown.get('a')).toMatchObject([
    own,
    { id: asked(1).id, value: { actionRequests: [{}], action_requests: [{ arguments: { amount: 1 } }] } },
  ])
})

describe("an author's question about calls, in JavaScript's names", () => {
  const call = { name: 'pay', args: { amount: 1 }, description: 'Pay?' }
  const review = { actionName: 'pay', allowedDecisions: ['approve'], argsSchema: { type: 'object' } }
  const question = { actionRequests: [call], reviewConfigs: [review] }

  test("is shown with Python's names too, and keeps its other fields", () => {
    const asking = { id: own.id, value: { ...question, note: 'mine' } }
    const reviews = [{ ...review, action_name: 'pay', allowed_decisions: ['approve'], args_schema: review.argsSchema }]
    expect(shownList({ a: [asking] })).toEqual([
      {
        id: own.id,
        value: {
          actionRequests: [call],
          reviewConfigs: reviews,
          action_requests: [{ ...call, arguments: call.args }],
          review_configs: reviews,
          note: 'mine',
        },
      },
    ])
    expect(asking.value.reviewConfigs).toEqual([review])
  })

  test('is shown as it is if it already has these names, or is in another format', () => {
    const named = { id: own.id, value: { ...question, action_requests: ['mine'] } }
    expect(shownList({ a: [named] })[0]?.value).toMatchObject({ action_requests: ['mine'] })
    for (const value of [{ actionRequests: [call] }, { ...question, actionRequests: ['pay'] }, [question], null, 'pay'])
      expect(shownList({ a: [{ id: own.id, value }] })[0]?.value).toBe(value)
  })
})
