import { expect, it } from 'vitest'
import type { EnvironmentInput } from '../environment.ts'
import { soundEnvironment } from '../fixtures/example-environment.ts'
import { problemSentence } from '../problem.ts'
import { distinctEnvironments } from './distinct-environments.ts'

const sentencesAbout = (...changes: readonly Partial<EnvironmentInput>[]) =>
  distinctEnvironments(changes.map((change) => soundEnvironment(change))).map(problemSentence)

const gateway = (host: string): Partial<EnvironmentInput> => ({
  exposure: { kind: 'gateway', host, gateway: { name: 'public', namespace: 'gateways' } },
})
const secretsAt = (path: string): Partial<EnvironmentInput> => ({
  secrets: { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'vault' }, path },
})

it('refuses two environments in one namespace of one cluster', () => {
  expect(sentencesAbout({ name: 'one' }, { name: 'two' })).toEqual([
    'environments/two/config.ts: namespace = "hadal-test": Allowed is what no other environment has on https://kubernetes.default.svc; one has this. Change it here, or in environments/one/config.ts.',
  ])
})

it('takes two environments in one namespace of two clusters', () => {
  const other = { operators: 'present', server: 'https://other.example.com' } as const
  expect(sentencesAbout({ name: 'one' }, { name: 'two', cluster: other })).toEqual([])
})

it('refuses one host, or one place in the secret store, for two environments', () => {
  const [one, two] = [
    { name: 'one', namespace: 'one', ...gateway('agents.example.com'), ...secretsAt('hadal/one') },
    { name: 'two', namespace: 'two', ...gateway('agents.example.com'), ...secretsAt('hadal/one') },
  ]
  expect(sentencesAbout(one, two).map((sentence) => sentence.split(' ')[1])).toEqual(['exposure.host', 'secrets.path'])
  expect(sentencesAbout(one, { ...two, ...gateway('other.example.com'), ...secretsAt('hadal/two') })).toEqual([])
})

it('takes several environments that are internal or whose Secrets Pulumi makes', () => {
  expect(sentencesAbout({ name: 'one', namespace: 'one' }, { name: 'two', namespace: 'two' })).toEqual([])
})
