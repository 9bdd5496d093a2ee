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

it('rejects two environments in the same namespace of one cluster', () => {
  expect(sentencesAbout({ name: 'one' }, { name: 'two' })).toEqual([
    'environments/two/config.ts: namespace = "hadal-test": Must be unique among environments on the cluster "default", but one has the same value. Change it here, or in environments/one/config.ts. If they are on different clusters, set cluster.name.',
  ])
})

it('accepts two environments in namespaces of the same name on two clusters', () => {
  const other = { operators: 'present', name: 'other' } as const
  expect(sentencesAbout({ name: 'one' }, { name: 'two', cluster: other })).toEqual([])
})

it('rejects two stacks that install the operators of one cluster', () => {
  const [one, two] = [
    { name: 'one', namespace: 'one', cluster: { operators: 'managed' } },
    { name: 'two', namespace: 'two', cluster: { operators: 'managed' } },
  ] as const
  expect(sentencesAbout(one, two)).toEqual([
    'environments/two/config.ts: cluster.operators = "managed": Must be unique among environments on the cluster "default", but one has the same value. Change it here, or in environments/one/config.ts. Write \'present\' in all but one of them. If they are on different clusters, set cluster.name.',
  ])
  expect(sentencesAbout(one, { ...two, cluster: { operators: 'managed', name: 'other' } })).toEqual([])
  expect(sentencesAbout(one, { ...two, cluster: { operators: 'present' } })).toEqual([])
})

it('rejects one namespace at one address of a cluster, even if the cluster has two names', () => {
  const cluster = { operators: 'present', server: 'https://other.example.com' } as const
  expect(sentencesAbout({ name: 'one', cluster }, { name: 'two', cluster: { ...cluster, name: 'other' } })).toEqual([
    expect.stringContaining('Must be unique among environments on https://other.example.com'),
  ])
})

it('rejects the same host, or the same path in the secret store, for two environments', () => {
  const [one, two] = [
    { name: 'one', namespace: 'one', ...gateway('agents.example.com'), ...secretsAt('hadal/one') },
    { name: 'two', namespace: 'two', ...gateway('agents.example.com'), ...secretsAt('hadal/one') },
  ]
  expect(sentencesAbout(one, two).map((sentence) => sentence.split(' ')[1])).toEqual(['exposure.host', 'secrets.path'])
  expect(sentencesAbout(one, { ...two, ...gateway('other.example.com'), ...secretsAt('hadal/two') })).toEqual([])
})

it('accepts several internal environments and several with Secrets from Pulumi', () => {
  expect(sentencesAbout({ name: 'one', namespace: 'one' }, { name: 'two', namespace: 'two' })).toEqual([])
})
