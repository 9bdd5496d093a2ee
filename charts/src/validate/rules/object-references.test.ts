import { expect, test } from 'vitest'
import type { Json } from '../../rendered-object.ts'
import { exampleSubject, withObject, withValue } from '../fixtures/example-objects.ts'
import { objectReferences } from './object-references.ts'

const found = (apiVersion: string, kind: string, spec: Json) =>
  objectReferences(withObject({ apiVersion, kind, metadata: { name: 'x', namespace: 'example' }, spec })).map(
    ({ field, problem }) => `${field}: ${problem}`,
  )

test('the example has no problem', () => {
  expect(objectReferences(exampleSubject())).toEqual([])
})

test('a backend without a Service, or with a port that the Service lacks, is reported', () => {
  const backend = 'spec.rules[0].http.paths[0].backend.service'
  expect(objectReferences(withValue('Ingress', `${backend}.name`, 'wed'))).toMatchObject([
    { field: `${backend}.name`, problem: 'Service "wed" does not exist.', mend: 'Use one that exists: web.' },
  ])
  expect(objectReferences(withValue('Ingress', `${backend}.port`, { number: 8000 }))).toMatchObject([
    { field: `${backend}.port`, problem: 'Service "web" has no key "8000".', mend: 'Its keys are 80, http.' },
  ])
  const rules = [{ backendRefs: [{ name: 'web', port: 81 }] }]
  expect(found('gateway.networking.k8s.io/v1', 'HTTPRoute', { rules })).toEqual([
    'spec.rules[0].backendRefs[0].port: Service "web" has no key "81".',
  ])
})

test('a missing object that a custom resource refers to is reported', () => {
  expect(found('postgresql.cnpg.io/v1', 'Pooler', { cluster: { name: 'postgres' } })).toEqual([
    'spec.cluster.name: Cluster "postgres" does not exist.',
  ])
  const bootstrap = { initdb: { secret: { name: 'db-credentials' } } }
  expect(found('postgresql.cnpg.io/v1', 'Cluster', { bootstrap })).toEqual([
    'spec.bootstrap.initdb.secret.name: Secret "db-credentials" has no key "username".',
    'spec.bootstrap.initdb.secret.name: Secret "db-credentials" has no key "password".',
  ])
  expect(found('argoproj.io/v1alpha1', 'Application', { project: 'hadal' })).toEqual([
    'spec.project: AppProject "hadal" does not exist.',
  ])
  expect(found('apps/v1', 'StatefulSet', { serviceName: 'db' })).toEqual([
    'spec.serviceName: Service "db" does not exist.',
  ])
})

test.each(['SecretStore', 'ClusterSecretStore'])('a %s need not be rendered', (kind) => {
  const secretStoreRef = { kind, name: 'vault' }
  expect(found('external-secrets.io/v1', 'ExternalSecret', { secretStoreRef })).toEqual([])
})

test('a missing Secret, ConfigMap or key of a RedisCluster is reported', () => {
  const nodes = { redisConfig: { additionalRedisConfig: 'redis' } }
  const spec = {
    kubernetesConfig: { redisSecret: { name: 'db-credentials', key: 'password' } },
    TLS: { ca: 'ca.crt', secret: { secretName: 'redis-tls' } },
    acl: { secret: { secretName: 'db-credentials', items: [{ key: 'acl', path: 'user.acl' }] } },
    redisLeader: nodes,
    serviceAccountName: 'redis',
  }
  expect(found('redis.redis.opstreelabs.in/v1beta2', 'RedisCluster', spec)).toEqual([
    'spec.kubernetesConfig.redisSecret.key: Secret "db-credentials" has no key "password".',
    'spec.TLS.secret.secretName: Secret "redis-tls" does not exist.',
    'spec.acl.secret.items[0].key: Secret "db-credentials" has no key "acl".',
    'spec.redisLeader.redisConfig.additionalRedisConfig: ConfigMap "redis" does not exist.',
    'spec.serviceAccountName: ServiceAccount "redis" does not exist.',
  ])
})

test('a missing CA Secret is reported at the Issuer', () => {
  expect(found('cert-manager.io/v1', 'Issuer', { ca: { secretName: 'authority' } })).toEqual([
    'spec.ca.secretName: Secret "authority" does not exist.',
  ])
  expect(found('cert-manager.io/v1', 'Issuer', { selfSigned: {} })).toEqual([])
})
