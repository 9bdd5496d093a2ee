import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ApprovalEvent,
  type ApprovalState,
  approvalState,
  approvalStates,
  approvalTransitions,
  eventsAtEnd,
  nextApprovalState,
} from './approval-state.ts'

const events = [...new Set(approvalTransitions.map(({ event }) => event))]
const ends: readonly ApprovalState[] = ['executed', 'failed', 'refused', 'withdrawn']

test('docs/approvals-states.md lists exactly the transitions of the code', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/approvals-states.md'), 'utf8')
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, 5)
        .map((cell) => cell.trim()),
    )
  const table = approvalTransitions.map(({ from, event, by, to }) => [from ?? '–', event, by, to])
  expect(rows.slice(1)).toEqual(table)
})

test('a state and an event lead to at most one state, and every state is reachable', () => {
  const keys = approvalTransitions.map(({ from, event }) => `${from} ${event}`)
  expect(new Set(keys).size).toBe(keys.length)
  expect(new Set(approvalTransitions.map(({ to }) => to))).toEqual(new Set(approvalStates))
})

test('a final state has no transition', () => {
  for (const end of ends) for (const event of events) expect(nextApprovalState(end, event)).toBeUndefined()
})

describe('for any possible sequence of events', () => {
  const walk = fc.array(fc.constantFrom<ApprovalEvent>(...events), { maxLength: 30 }).map((wanted) => {
    const happened: ApprovalEvent[] = []
    for (const event of wanted) if (approvalState([...happened, event]) !== undefined) happened.push(event)
    return happened
  })

  test('a call begins at most once, after an approval, and ends at most once, after it began', () => {
    fc.assert(
      fc.property(walk, (happened) => {
        const at = (event: ApprovalEvent) => happened.indexOf(event)
        const count = (...of: ApprovalEvent[]) => happened.filter((event) => of.includes(event)).length
        expect(count('begun')).toBeLessThanOrEqual(1)
        expect(count('executed', 'failed')).toBeLessThanOrEqual(count('begun'))
        if (at('begun') >= 0) expect(['approve', 'edit']).toContain(happened[at('begun') - 1])
      }),
    )
  })

  test('after the end of a run no hidden question is waiting or approved, and no shown question has an unused answer', () => {
    fc.assert(
      fc.property(walk, fc.boolean(), (happened, pending) => {
        const state = approvalState(happened)
        if (state === undefined) return
        const after = approvalState([...happened, ...eventsAtEnd(state, pending)])
        expect(after).toBeDefined()
        if (!pending) expect(['waiting', 'approved']).not.toContain(after)
        else expect(['approved', 'rejected', 'responded']).not.toContain(after)
      }),
    )
  })
})
