import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const drained = (drainSeconds: number, gracePeriodSeconds: number) => ({
  ...soundInput,
  agent: { ...soundInput.agent, drainSeconds, gracePeriodSeconds },
})

it('takes a grace period of the drain and ten seconds more', () => {
  expect(sentencesAbout(drained(50, 60))).toEqual([])
})

it('refuses a grace period a second shorter', () => {
  expect(sentencesAbout(drained(51, 60))).toEqual([
    'agent.gracePeriodSeconds = 60: Allowed is at least agent.drainSeconds (51) and 10 more, in which the process ends. Raise it to 61, or lower agent.drainSeconds.',
  ])
})

it('can be kept at the longest drain', () => {
  expect(sentencesAbout(drained(3600, 3610))).toEqual([])
})
