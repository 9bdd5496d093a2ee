import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const kept = (minAvailable: number) => ({
  ...soundInput,
  agent: { topology: 'together', all: { autoscaling: { kind: 'cpu', min: 3, max: 9 }, minAvailable } },
})

it('takes a budget that lets one pod go at the minimum', () => {
  expect(sentencesAbout(kept(2))).toEqual([])
})

it('refuses a budget that keeps every pod at the minimum', () => {
  expect(sentencesAbout(kept(3))).toEqual([
    'agent.all.minAvailable = 3: Allowed is less than the fewest pods, 3: else no node that bears one can be drained. Lower it to 2, or have more pods.',
  ])
})

it('refuses none where there are several pods', () => {
  expect(sentencesAbout(kept(0))).toEqual([
    'agent.all.minAvailable = 0: Allowed is at least 1 where there are 3 pods: else a drained node may take the last. Remove it: 1 is the default.',
  ])
})

it('looks at the replicas where nothing scales them', () => {
  const one = { autoscaling: { kind: 'none', replicas: 1 } }
  expect(sentencesAbout({ ...soundInput, agent: { topology: 'together', all: { ...one, minAvailable: 0 } } })).toEqual(
    [],
  )
  expect(sentencesAbout({ ...soundInput, agent: { topology: 'together', all: one } })).toHaveLength(1)
})
