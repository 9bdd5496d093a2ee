import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resumeAnswers } from './resume-answers.ts'
import { shownApproval } from './shown-approval.ts'
import { type InterruptsByTask, type PendingInterrupt, waitingCalls } from './shown-interrupts.ts'

const hex = (number: number, length: number): string => number.toString(16).padStart(length, '0')

/** The interrupt of a call that waits for an approval. */
const asked = (number: number, position: number): PendingInterrupt => ({
  id: hex(number + 1, 32),
  value: {
    actionRequests: [{ name: 'pay', args: { number }, description: 'Pay?' }],
    reviewConfigs: [{ actionName: 'pay', allowedDecisions: ['approve', 'reject'] }],
    approval: { digest: hex(number + 1, 64), expiresAt: new Date(0).toISOString(), position },
  },
})

/** Tasks with one to three calls each, whose positions are in any order, and some with an interrupt of the author. */
const threads = fc.array(
  fc.record({ positions: fc.shuffledSubarray([0, 1, 2], { minLength: 1 }), asksItself: fc.boolean() }),
  {
    minLength: 1,
    maxLength: 4,
  },
)

/** A way to answer: the calls that wait by the shown interrupt, by none, or some of them by their own id or digest. */
const ways = fc.array(
  fc.record({
    way: fc.constantFrom('shown', 'bare', 'id', 'digest', 'shown with a digest'),
    pick: fc.nat(11),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
)

/** The decision that a person makes about each call, whatever the way of answering. */
const decisionOn = (id: string) => ({ type: 'reject', message: `about ${id}` })

test('any sequence of whole and partial answers makes the same decisions as an answer to each call, and none reaches an interrupt of the author', () => {
  fc.assert(
    fc.property(threads, ways, (tasks, answers) => {
      let number = 0
      let interrupts: InterruptsByTask = Object.fromEntries(
        tasks.map(({ positions, asksItself }, task) => [
          `task ${task}`,
          [
            ...(asksItself ? [{ id: hex(1_000 + task, 32), value: { question: 'colour' } }] : []),
            ...positions.map((position) => asked(number++, position)),
          ],
        ]),
      )
      const all = waitingCalls(interrupts).map(({ id, request }) => [id, request.approval.digest] as const)
      const decided = new Map<string, unknown>()
      for (const { way, pick, count } of [...answers, { way: 'bare', pick: 0, count: 1 } as const]) {
        const calls = waitingCalls(interrupts)
        const shown = shownApproval(calls)
        if (!shown) break
        const some = calls.slice(pick % calls.length).slice(0, count)
        const [one] = some
        const decisions = calls.map(({ id }) => decisionOn(id))
        const single = (id: string) => ({ decisions: [decisionOn(id)] })
        const resume = {
          shown: { [shown.id]: { decisions } },
          bare: { decisions },
          id: Object.fromEntries(some.map(({ id }) => [id, single(id)])),
          digest: Object.fromEntries(some.map(({ id, request }) => [request.approval.digest, single(id)])),
          'shown with a digest': { [shown.id]: { ...single(one?.id ?? ''), digest: one?.request.approval.digest } },
        }[way]
        for (const [id, answer] of Object.entries(resumeAnswers(resume, interrupts))) {
          expect(decided.has(id)).toBe(false)
          decided.set(id, answer)
        }
        interrupts = Object.fromEntries(
          Object.entries(interrupts).map(([task, list]) => [task, list.filter(({ id = '' }) => !decided.has(id))]),
        )
      }
      expect(Object.fromEntries(decided)).toEqual(
        Object.fromEntries(all.map(([id, digest]) => [id, { decisions: [decisionOn(id)], digest }])),
      )
    }),
    { numRuns: 300 },
  )
})
