import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundProtectedInput } from '@hadal/platform/fixtures/example-environment'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GitCopy, gitCopy } from '../git-copy.ts'
import { writeEnvironment } from '../write-environment.ts'

const released: EnvironmentInput = {
  ...soundProtectedInput,
  name: 'subject',
  namespace: 'hadal-subject',
  release: { image: { repository: 'registry.example.com/hadal/deep-agents', digest: `sha256:${'1'.repeat(64)}` } },
  agent: { topology: 'split', api: { autoscaling: { kind: 'cpu' } }, worker: { autoscaling: { kind: 'cpu' } } },
  secrets: {
    kind: 'external-secrets',
    store: { kind: 'ClusterSecretStore', name: 'platform' },
    path: 'hadal/subject',
  },
}

let copy: GitCopy
const file = (path: string): string => join(copy.folder, 'environments', path)

/** Writes an environment into the copy. */
const write = (input: EnvironmentInput): void => writeEnvironment(copy.folder, input)

interface FoundDanger {
  readonly rule: string
  readonly object: string
  readonly field: string
  readonly what: string
  readonly why: string
}

async function dangersOf(...names: string[]): Promise<readonly FoundDanger[]> {
  const { status, output, errors } = await copy.hadal('diff', '--base', 'main', '--json', ...names)
  expect([status, errors]).toEqual([0, ''])
  const { environments }: { environments: readonly { dangers: readonly FoundDanger[] }[] } = JSON.parse(output)
  return environments.flatMap(({ dangers }) => dangers)
}

beforeAll(async () => {
  copy = await gitCopy()
  write(released)
  expect((await copy.hadal('render', 'subject')).status).toBe(0)
  copy.commit('An environment')
  copy.git('tag', '--force', 'start')
})
beforeEach(() => copy.reset())
afterAll(() => copy.remove())

test('shows dangers of the configuration that no rendered object shows', async () => {
  write({
    ...released,
    repository: { ...released.repository, revision: 'a-branch' },
    cluster: { operators: 'present', argocdNamespace: 'argo', prometheusRelease: 'other' },
    agent: {
      topology: 'split',
      api: { autoscaling: { kind: 'cpu' } },
      worker: { autoscaling: { kind: 'cpu', max: 3 } },
      drainSeconds: 10,
    },
    quota: { requests: { cpu: '200', memory: '400Gi' }, limits: { cpu: '800', memory: '800Gi' }, pods: 50_000 },
    postgres: { kind: 'cnpg', maxConnections: 2000, storage: { size: '20Gi', class: 'slow' } },
    backup: { kind: 's3', bucket: 'others' },
    secrets: { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'mine' }, path: 'hadal/dev' },
    models: { ...released.models, providers: { anthropic: { baseUrl: 'https://proxy.example.com' } } },
    approvals: { expireHours: 720 },
    validation: { onFinding: 'flag' },
  })
  const found = (await dangersOf('subject')).filter(({ object }) => object === 'config.ts')
  expect(found.map(({ rule, field, what }) => `${rule}: ${field}: ${what}`)).toEqual([
    'moved-environment: cluster.argocdNamespace: It changes from "argocd" to "argo".',
    'other-source: repository.revision: It changes from "main" to "a-branch".',
    'other-database: postgres.storage.class: It changes from not set to "slow".',
    'weaker-backups: backup.bucket: It changes from "backups" to "others".',
    'other-secrets: secrets.store.kind: It changes from "ClusterSecretStore" to "SecretStore".',
    'other-secrets: secrets.store.name: It changes from "platform" to "mine".',
    'other-secrets: secrets.path: It changes from "hadal/subject" to "hadal/dev".',
    'other-destination: models.providers.anthropic.baseUrl: It changes from not set to "https://proxy.example.com".',
    'weaker-guards: approvals.expireHours: It changes from 24 to 720.',
    'weaker-guards: validation.onFinding: It changes from "block" to "flag".',
    'interrupted-runs: agent.drainSeconds: It changes from 840 to 10.',
    'less-capacity: agent: The maximum number of runs at the same time changes from 100 (10 pods × 10 runs) to 30 (3 pods × 10 runs).',
    'weaker-limits: quota.pods: It changes from 500 to 50000.',
    'less-observed: cluster.prometheusRelease: It changes from "prometheus" to "other".',
  ])

  const { output } = await copy.hadal('diff', '--base', 'main', 'subject')
  expect(output).toContain(
    '- **subject** · `config.ts`, `agent.drainSeconds`: It changes from 840 to 10. At every rollout and drain of a node, a run ',
  )
})

test('lists what an environment loses that is no longer protected', async () => {
  write({ ...released, protected: false })
  const [danger] = await dangersOf('subject')
  expect(danger).toMatchObject({ rule: 'unprotected', field: 'protected' })
  for (const consequence of ['keys in plain text', 'TLS', 'backups', 'approvals', 'a single instance', 'Pulumi may'])
    expect(danger?.why).toContain(consequence)
})

test('reads the configuration of the base with its own release.json', async () => {
  const repository = 'registry.example.com/other/deep-agents'
  write({ ...released, release: { image: { ...released.release.image, repository } } })
  const found = (await dangersOf('subject')).filter(({ rule }) => rule === 'other-source')
  expect(found.map(({ what }) => what)).toEqual([
    'It changes from "registry.example.com/hadal/deep-agents" to "registry.example.com/other/deep-agents".',
  ])
})

test('says that a configuration of the base which can not be read was not compared', async () => {
  const config = file('subject/config.ts')
  const text = readFileSync(config, 'utf8')
  for (const [broken, reason] of [
    ["export default { name: 'subject' }\n", "today's schema rejects protected"],
    ['process.exit(0)\n', 'it called process.exit(0)'],
  ] as const) {
    writeFileSync(config, broken)
    copy.commit('Broken')
    writeFileSync(config, text)
    const [danger] = await dangersOf('subject')
    expect(danger?.rule).toBe('unread-configuration')
    expect(danger?.what).toContain(`The configuration of subject at the base can't be read: ${reason}`)
  }
})

test('says that a removed environment seems to be renamed', async () => {
  renameSync(file('subject'), file('renamed'))
  rmSync(file('renamed/manifests'), { recursive: true })
  write({ ...released, name: 'renamed' })
  const found = await dangersOf()
  expect(found.map(({ rule, object }) => [rule, object])).toEqual([['removed-environment', 'subject']])
  expect(found[0]?.what).toMatch(/ and the new environment renamed has its namespace\.$/)
})
