import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const scaled = (min: number, max: number) => ({
  ...soundInput,
  agent: {
    topology: 'split',
    api: { autoscaling: { kind: 'cpu' } },
    worker: { autoscaling: { kind: 'queue', min, max } },
  },
})

it('lets the least number of pods be the greatest', () => {
  expect(sentencesAbout(scaled(5, 5))).toEqual([])
})

it('refuses a least number above the greatest', () => {
  expect(sentencesAbout(scaled(6, 5))).toEqual([
    'agent.worker.autoscaling.min = 6: Allowed is at most agent.worker.autoscaling.max (5). Lower it, or raise max.',
  ])
})

it('refuses a least number of one: for that there is a fixed number of pods', () => {
  expect(sentencesAbout(scaled(1, 5))).toEqual([expect.stringMatching(/^agent\.worker\.autoscaling\.min = 1: /)])
})
