import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const drained = (drainSeconds: number, gracePeriodSeconds: number) => ({
  ...soundInput,
  agent: { ...soundInput.agent, drainSeconds, gracePeriodSeconds },
})

it('accepts a grace period of the drain plus ten seconds', () => {
  expect(sentencesAbout(drained(50, 60))).toEqual([])
})

it('rejects a grace period that is one second shorter', () => {
  expect(sentencesAbout(drained(51, 60))).toEqual([
    'agent.gracePeriodSeconds = 60: Must be at least agent.drainSeconds (51) plus 10 seconds for the process to exit. Raise it to 61, or lower agent.drainSeconds.',
  ])
})

it('can be satisfied at the maximum drain', () => {
  expect(sentencesAbout(drained(3600, 3610))).toEqual([])
})
