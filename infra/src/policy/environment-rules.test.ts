import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { soundProtectedInput } from '../fixtures/external-environment.ts'
import { policyProblems } from './environment-rules.ts'
import type { PolicyResource } from './policy-resource.ts'

const environment = soundEnvironment()
const isProtected = defineEnvironment(soundProtectedInput)
const digest = `sha256:${'0'.repeat(64)}`

const resource = (
  type: string,
  props: Record<string, unknown>,
  more: Partial<PolicyResource> = {},
): PolicyResource => ({
  type,
  name: 'it',
  props,
  secret: new Set(),
  protect: false,
  retainOnDelete: false,
  ...more,
})
const pod = (image: string) =>
  resource('kubernetes:apps/v1:Deployment', {
    metadata: { name: 'operator', namespace: 'operators' },
    spec: { template: { spec: { initContainers: [{ image }], containers: [{ image: `${image}` }] } } },
  })
const inNamespace = (type: string, name: string, namespace = environment.namespace) =>
  resource(type, { metadata: { name, namespace } })

type Case = readonly [rule: string, broken: PolicyResource, sound: PolicyResource, of?: Environment]

/** Test cases: for each rule, a resource that violates it and a similar one that doesn't. */
const cases: readonly Case[] = [
  ...['superuser', 'createRole', 'createDatabase', 'replication', 'bypassRowLevelSecurity'].map(
    (right) =>
      [
        'no-superuser',
        resource('postgresql:index/role:Role', { [right]: true }),
        resource('postgresql:index/role:Role', { [right]: false }),
      ] as const,
  ),
  [
    'no-superuser',
    resource('pulumi:providers:postgresql', { sslmode: 'verify-full' }),
    resource('pulumi:providers:postgresql', { sslmode: 'verify-full', superuser: false }),
  ],
  [
    'secrets-stay-secret',
    resource('kubernetes:core/v1:Secret', { stringData: { url: 'x' } }),
    resource('kubernetes:core/v1:Secret', { stringData: { url: 'x' } }, { secret: new Set(['stringData']) }),
  ],
  [
    'secrets-stay-secret',
    resource('postgresql:index/role:Role', { password: 'x' }),
    resource('postgresql:index/role:Role', { password: 'x' }, { secret: new Set(['password']) }),
  ],
  [
    'not-argo-cds',
    inNamespace('kubernetes:apps/v1:Deployment', 'deep-agents'),
    inNamespace('kubernetes:apps/v1:Deployment', 'operator', 'operators'),
  ],
  [
    'not-argo-cds',
    inNamespace('kubernetes:argoproj.io/v1alpha1:Application', 'hadal-test-agent', 'argocd'),
    inNamespace('kubernetes:argoproj.io/v1alpha1:Application', 'hadal-test', 'argocd'),
  ],
  [
    'not-argo-cds',
    inNamespace('kubernetes:argoproj.io/v1alpha1:AppProject', 'hadal-test', 'argocd'),
    inNamespace('kubernetes:core/v1:ConfigMap', 'argocd-cm', 'argocd'),
  ],
  [
    'tls-on',
    resource('pulumi:providers:postgresql', { superuser: false, sslmode: 'require' }),
    resource('pulumi:providers:postgresql', { superuser: false, sslmode: 'verify-full' }),
  ],
  [
    'tls-on',
    resource('pulumi:providers:minio', { minioSsl: false }),
    resource('pulumi:providers:minio', { minioSsl: true }),
  ],
  [
    'tls-on',
    resource('pulumi:providers:minio', { minioSsl: true, minioInsecure: true }),
    resource('pulumi:providers:minio', { minioSsl: 'true' }),
  ],
  [
    'data-is-kept',
    resource('kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition', {}),
    resource('kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition', {}, { retainOnDelete: true }),
  ],
  ...[
    'postgresql:index/database:Database',
    'postgresql:index/schema:Schema',
    'minio:index/s3Bucket:S3Bucket',
    'random:index/randomBytes:RandomBytes',
  ].map(
    (type) =>
      [
        'data-is-kept',
        resource(type, {}, { protect: true }),
        resource(type, {}, { protect: true, retainOnDelete: true }),
        isProtected,
      ] as const,
  ),
  [
    'data-is-kept',
    resource('kubernetes:core/v1:Namespace', { metadata: { name: isProtected.namespace } }, { retainOnDelete: true }),
    resource('kubernetes:core/v1:Namespace', { metadata: { name: 'operators' } }),
    isProtected,
  ],
  ...['operator', 'operator:latest', 'registry.example.com:5000/operator', 'operator@sha256:00'].map(
    (image) => ['versions-pinned', pod(image), pod('registry.example.com:5000/operator:v1.2')] as const,
  ),
]

test.for(cases)('%s rejects a resource that differs in one field', ([rule, broken, sound, of = environment]) => {
  const problems = policyProblems(of, broken)
  expect(problems.length).toBeGreaterThan(0)
  for (const problem of problems)
    expect(problem).toMatch(new RegExp(`^${broken.type} "it": .+\\. \\(policy ${rule}\\)$`))
  expect(policyProblems(of, sound)).toEqual([])
})

test('every rule has a test case', () => {
  const files = readdirSync(join(import.meta.dirname, 'rules'))
  const rules = files.map((file) => file.replace('.ts', '')).sort()
  expect([...new Set(cases.map(([rule]) => rule))].sort()).toEqual(rules)
})

test('accepts a digest as a version, and ignores schemas that describe containers', () => {
  expect(policyProblems(environment, pod(`operator@${digest}`))).toEqual([])
  const definition = resource(
    'kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition',
    { spec: { schema: { properties: { containers: { items: { properties: { image: { type: 'string' } } } } } } } },
    { retainOnDelete: true },
  )
  expect(policyProblems(environment, definition)).toEqual([])
})

test('only an environment for development may disable TLS', () => {
  const plain = soundEnvironment({
    postgres: {
      kind: 'external',
      host: 'db.example.com',
      addresses: ['192.0.2.0/28'],
      maxConnections: 2000,
      tls: 'disable',
    },
  })
  const provider = resource('pulumi:providers:postgresql', { superuser: false, sslmode: 'disable' })
  expect(policyProblems(plain, provider)).toEqual([])
  expect(policyProblems(environment, provider)).toHaveLength(1)
})
