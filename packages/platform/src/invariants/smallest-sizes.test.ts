import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const sandbox = {
  kind: 'agent-sandbox',
  image: `registry.example.com/sandbox@sha256:${'2'.repeat(64)}`,
}
const requests = { cpu: '100m', memory: '256Mi', ephemeralStorage: '64Mi' }

test("a container's storage must have room for /tmp, and the error says how much works", () => {
  const limited = (ephemeralStorage: string) =>
    sentencesAbout({
      ...soundInput,
      cluster: { operators: 'present', apiServerAddresses: ['192.0.2.32/32'] },
      sandbox: { ...sandbox, resources: { requests, limits: { cpu: '1', memory: '512Mi', ephemeralStorage } } },
    })
  expect(limited('192Mi')).toEqual([])
  expect(limited('191Mi')).toEqual([
    'sandbox.resources.limits.ephemeralStorage = "191Mi": Must be at least 192Mi: /tmp may hold 128Mi, and the workspace needs the rest. Raise it to 192Mi.',
  ])
})

test("Redis' volume must hold two snapshots", () => {
  const stored = (size: string) =>
    sentencesAbout({
      ...soundInput,
      redis: {
        kind: 'cluster',
        storage: { size },
        resources: { requests, limits: { cpu: '1', memory: '1Gi', ephemeralStorage: '512Mi' } },
      },
    })
  expect(stored('1229Mi')).toEqual([])
  expect(stored('1228Mi')).toEqual([
    'redis.storage.size = "1228Mi": Must be at least 1229Mi: a snapshot and its successor take 60 % of redis.resources.limits.memory (1Gi) each. Raise it to 1229Mi.',
  ])
})
