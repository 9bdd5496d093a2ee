import { expect, test } from 'vitest'
import type { Json } from '../../rendered-object.ts'
import { exampleSubject, withObject, withValue } from '../fixtures/example-objects.ts'
import { objectReferences } from './object-references.ts'

const found = (apiVersion: string, kind: string, spec: Json) =>
  objectReferences(withObject({ apiVersion, kind, metadata: { name: 'x', namespace: 'example' }, spec })).map(
    ({ field, problem }) => `${field}: ${problem}`,
  )

test('the example is right', () => {
  expect(objectReferences(exampleSubject())).toEqual([])
})

test('a backend that is no Service, or a port that the Service does not open, is named', () => {
  const backend = 'spec.rules[0].http.paths[0].backend.service'
  expect(objectReferences(withValue('Ingress', `${backend}.name`, 'wed'))).toMatchObject([
    { field: `${backend}.name`, problem: 'Nothing makes Service "wed".', mend: 'Services are made: web.' },
  ])
  expect(objectReferences(withValue('Ingress', `${backend}.port`, { number: 8000 }))).toMatchObject([
    { field: `${backend}.port`, problem: 'Service "web" has no "8000".', mend: 'It has 80, http.' },
  ])
  const rules = [{ backendRefs: [{ name: 'web', port: 81 }] }]
  expect(found('gateway.networking.k8s.io/v1', 'HTTPRoute', { rules })).toEqual([
    'spec.rules[0].backendRefs[0].port: Service "web" has no "81".',
  ])
})

test('what a custom resource names and nothing makes is named', () => {
  expect(found('postgresql.cnpg.io/v1', 'Pooler', { cluster: { name: 'postgres' } })).toEqual([
    'spec.cluster.name: Nothing makes Cluster "postgres".',
  ])
  const bootstrap = { initdb: { secret: { name: 'db-credentials' } } }
  expect(found('postgresql.cnpg.io/v1', 'Cluster', { bootstrap })).toEqual([
    'spec.bootstrap.initdb.secret.name: Secret "db-credentials" has no "username".',
    'spec.bootstrap.initdb.secret.name: Secret "db-credentials" has no "password".',
  ])
  expect(found('argoproj.io/v1alpha1', 'Application', { project: 'hadal' })).toEqual([
    'spec.project: Nothing makes AppProject "hadal".',
  ])
  expect(found('apps/v1', 'StatefulSet', { serviceName: 'db' })).toEqual([
    'spec.serviceName: Nothing makes Service "db".',
  ])
})

test.each(['SecretStore', 'ClusterSecretStore'])('a %s is made by whoever holds its credential', (kind) => {
  const secretStoreRef = { kind, name: 'vault' }
  expect(found('external-secrets.io/v1', 'ExternalSecret', { secretStoreRef })).toEqual([])
})

test('what a RedisCluster reads is made, with the keys that it asks for', () => {
  const nodes = { redisConfig: { additionalRedisConfig: 'redis' } }
  const spec = {
    kubernetesConfig: { redisSecret: { name: 'db-credentials', key: 'password' } },
    TLS: { ca: 'ca.crt', secret: { secretName: 'redis-tls' } },
    acl: { secret: { secretName: 'db-credentials', items: [{ key: 'acl', path: 'user.acl' }] } },
    redisLeader: nodes,
    serviceAccountName: 'redis',
  }
  expect(found('redis.redis.opstreelabs.in/v1beta2', 'RedisCluster', spec)).toEqual([
    'spec.kubernetesConfig.redisSecret.key: Secret "db-credentials" has no "password".',
    'spec.TLS.secret.secretName: Nothing makes Secret "redis-tls".',
    'spec.acl.secret.items[0].key: Secret "db-credentials" has no "acl".',
    'spec.redisLeader.redisConfig.additionalRedisConfig: Nothing makes ConfigMap "redis".',
    'spec.serviceAccountName: Nothing makes ServiceAccount "redis".',
  ])
})

test('an authority that nothing makes is named by the Issuer that signs with it', () => {
  expect(found('cert-manager.io/v1', 'Issuer', { ca: { secretName: 'authority' } })).toEqual([
    'spec.ca.secretName: Nothing makes Secret "authority".',
  ])
  expect(found('cert-manager.io/v1', 'Issuer', { selfSigned: {} })).toEqual([])
})
