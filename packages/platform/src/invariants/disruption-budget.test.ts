import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const kept = (minAvailable: number) => ({
  ...soundInput,
  agent: { topology: 'together', all: { autoscaling: { kind: 'cpu', min: 3, max: 9 }, minAvailable } },
})

it('accepts a budget that allows one eviction at the minimum number of pods', () => {
  expect(sentencesAbout(kept(2))).toEqual([])
})

it('rejects a budget that allows no eviction at the minimum number of pods', () => {
  expect(sentencesAbout(kept(3))).toEqual([
    'agent.all.minAvailable = 3: Must be less than the minimum number of pods (3). Otherwise a node with one of these pods can not be drained. Lower it to 2, or raise the minimum number of pods.',
  ])
})

it('rejects the absence of a budget if there are several pods', () => {
  expect(sentencesAbout(kept(0))).toEqual([
    'agent.all.minAvailable = 0: Must be at least 1 with 3 pods. With 0, draining a node may evict all of them. Remove it: 1 is the default.',
  ])
})

it('uses the number of replicas if there is no autoscaler', () => {
  const one = { autoscaling: { kind: 'none', replicas: 1 } }
  expect(sentencesAbout({ ...soundInput, agent: { topology: 'together', all: { ...one, minAvailable: 0 } } })).toEqual(
    [],
  )
  expect(sentencesAbout({ ...soundInput, agent: { topology: 'together', all: one } })).toHaveLength(1)
})
