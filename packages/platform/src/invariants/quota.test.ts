import { expect, it } from 'vitest'
import { sentencesAbout, soundEnvironment, soundInput } from '../fixtures/example-environment.ts'
import { largestScaleOut } from '../largest-scale-out.ts'

const needed = largestScaleOut(soundEnvironment())
const withQuota = (less: { cpu?: number; memory?: number; pods?: number }) => ({
  ...soundInput,
  quota: {
    requests: {
      cpu: `${needed.requests.cpuMillis - (less.cpu ?? 0)}m`,
      memory: `${needed.requests.memoryBytes / 1024 - (less.memory ?? 0)}Ki`,
    },
    limits: {
      cpu: `${needed.limits.cpuMillis - (less.cpu ?? 0)}m`,
      memory: `${needed.limits.memoryBytes / 1024 - (less.memory ?? 0)}Ki`,
    },
    pods: needed.pods - (less.pods ?? 0),
  },
})
const pathsAbout = (input: object) => sentencesAbout(input).map((sentence) => sentence.split(' ')[0])

it('accepts a quota of exactly the largest scale-out', () => {
  expect(sentencesAbout(withQuota({}))).toEqual([])
})

it('rejects a quota that is a thousandth of a core too small', () => {
  expect(pathsAbout(withQuota({ cpu: 1 }))).toEqual(['quota.requests.cpu', 'quota.limits.cpu'])
})

it('rejects a quota that is a kibibyte too small', () => {
  expect(pathsAbout(withQuota({ memory: 1 }))).toEqual(['quota.requests.memory', 'quota.limits.memory'])
})

it('rejects a quota that is a pod too small, and gives the required number', () => {
  expect(sentencesAbout(withQuota({ pods: 1 }))).toEqual([
    `quota.pods = ${needed.pods - 1}: Must be at least ${needed.pods}, which the namespace needs for a rollout at the largest scale: server 4, migrate 1, database 3, pooler 6, cache 1. Otherwise a rollout under load stops halfway. Raise it to ${needed.pods} or more, or lower the maximum number of pods.`,
  ])
})
