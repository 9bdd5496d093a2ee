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

it('accepts a minimum number of pods that equals the maximum', () => {
  expect(sentencesAbout(scaled(5, 5))).toEqual([])
})

it('rejects a minimum above the maximum', () => {
  expect(sentencesAbout(scaled(6, 5))).toEqual([
    'agent.worker.autoscaling.min = 6: Must be at most agent.worker.autoscaling.max (5). Lower it, or raise max.',
  ])
})

it('rejects a minimum of one, for which a fixed number of pods is used', () => {
  expect(sentencesAbout(scaled(1, 5))).toEqual([expect.stringMatching(/^agent\.worker\.autoscaling\.min = 1: /)])
})
