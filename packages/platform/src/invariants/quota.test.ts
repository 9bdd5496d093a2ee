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

it('takes a quota that is just what the largest scale-out needs', () => {
  expect(sentencesAbout(withQuota({}))).toEqual([])
})

it('refuses a quota that lacks a thousandth of a core', () => {
  expect(pathsAbout(withQuota({ cpu: 1 }))).toEqual(['quota.requests.cpu', 'quota.limits.cpu'])
})

it('refuses a quota that lacks a kibibyte', () => {
  expect(pathsAbout(withQuota({ memory: 1 }))).toEqual(['quota.requests.memory', 'quota.limits.memory'])
})

it('refuses a quota that lacks a pod, and says how many it takes', () => {
  expect(sentencesAbout(withQuota({ pods: 1 }))).toEqual([
    `quota.pods = ${needed.pods - 1}: Allowed is at least ${needed.pods}, which the namespace takes scaled out while its pods roll: else a rollout under load stops half-way. Raise it to ${needed.pods} or more, or let less run at once.`,
  ])
})
