import { expect, test } from 'vitest'
import { defineEnvironment } from '../define-environment.ts'
import { soundEnvironment, soundInput } from '../fixtures/example-environment.ts'
import { EnvironmentProblems, problemSentence } from '../problem.ts'
import { Sandbox } from './sandbox.ts'

const digest = `sha256:${'2'.repeat(64)}`
const sound = {
  kind: 'agent-sandbox',
  image: `registry.example.com/sandbox@${digest}`,
}

test('there are no sandboxes by default', () => {
  expect(soundEnvironment().sandbox).toEqual({ kind: 'none' })
  expect(Sandbox.parse(sound)).toMatchObject({ warm: 1, max: 10, commandSeconds: 120, idleMinutes: 15 })
})

test.each([
  ['a container engine', { kind: 'docker' }],
  ['an image by its tag', { ...sound, image: 'registry.example.com/sandbox:1.0' }],
  ['an image whose digest is cut', { ...sound, image: 'registry.example.com/sandbox@sha256:22' }],
  ['a pool without an end', { ...sound, warm: 21 }],
])('rejects %s', (_what, value) => {
  expect(Sandbox.safeParse(value).success).toBe(false)
})

test('the quota must admit every sandbox, including warm ones', () => {
  const { quota } = soundInput
  const told = (pods: number): string[] => {
    try {
      const sandbox = Sandbox.parse({ ...sound, warm: 5, max: 100 })
      defineEnvironment({ ...soundInput, quota: { ...quota, pods }, sandbox })
      return []
    } catch (error) {
      if (!(error instanceof EnvironmentProblems)) throw error
      return error.problems.map(problemSentence)
    }
  }
  expect(told(500)).toEqual([])
  expect(told(110)[0]).toContain('quota.pods = 110')
})
