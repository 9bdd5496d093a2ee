import { describe, expect, test } from 'vitest'
import { soundSubject } from './fixtures/sound-subject.ts'
import { reliances } from './reliances.ts'

const whats = (...parameters: Parameters<typeof soundSubject>): string[] =>
  reliances(soundSubject(...parameters)).map(({ what, from }) => `${from}: ${what}`)

describe('an environment relies', () => {
  test('on features of the cluster, on operators that are already installed, and on external services', () => {
    expect(whats()).toEqual([
      'cluster: A network plugin that enforces NetworkPolicies',
      'cluster: A default StorageClass',
      'cluster: metrics-server',
      'cluster: Prometheus in namespace monitoring, with an operator that selects release=prometheus',
      'cluster: Grafana that loads dashboards from ConfigMaps',
      'cluster: Argo CD in namespace argocd',
      "cluster: CloudNativePG's barman-cloud plugin",
      'cluster: external-secrets',
      'cluster: CloudNativePG',
      'cluster: ClusterSecretStore platform with the secrets under hadal/sound',
      'outside: Redis at redis.example.com:6379',
      'outside: Bucket backups (AWS S3, us-east-1)',
    ])
  })

  test('on its Pulumi stack for the operators and Secrets that the stack creates', () => {
    const found = whats({
      environment: { cluster: { operators: 'managed' }, secrets: { kind: 'pulumi' } },
    })
    expect(found).toContain('stack: CloudNativePG')
    expect(found).toContain("stack: The Secrets, created by this environment's Pulumi stack")
  })

  test('on the storage class, the Gateway and the issuer that it names', () => {
    const storage = { size: '20Gi', class: 'fast' }
    const gateway = { name: 'public', namespace: 'gateways', listener: 'https' }
    const found = whats({
      environment: {
        protected: false,
        postgres: { kind: 'cnpg', maxConnections: 2000, storage },
        exposure: { kind: 'gateway', host: 'agents.example.com', gateway },
      },
    })
    expect(found).toContain('cluster: StorageClass fast')
    expect(found).toContain('cluster: Gateway gateways/public with a listener "https" that ends TLS')
    const issuer = { kind: 'ClusterIssuer', name: 'ca' } as const
    const exposure = {
      kind: 'ingress',
      host: 'a.example.com',
      className: 'nginx',
      controllerNamespace: 'in',
      issuer,
    } as const
    const byIngress = whats({ environment: { protected: false, exposure } })
    expect(byIngress).toContain('cluster: An Ingress controller for class nginx, in namespace in')
    expect(byIngress).toContain('cluster: ClusterIssuer ca')
    expect(byIngress).toContain('cluster: cert-manager')
  })

  test('on the operator of its Redis cluster and on storage for it', () => {
    const redis = { kind: 'cluster', storage: { size: '2Gi', class: 'quick' } } as const
    const found = whats({ environment: { redis } })
    expect(found).toContain('cluster: redis-operator (OT-CONTAINER-KIT) with its gate GenerateConfigInInitContainer')
    expect(found).toContain('cluster: StorageClass quick')
  })

  test('on the controller of sandboxes, which no stack installs, and on their RuntimeClass', () => {
    const sandbox = {
      kind: 'agent-sandbox' as const,
      image: `registry.example.com/sandbox@sha256:${'2'.repeat(64)}`,
      runtimeClass: 'gvisor',
    }
    const cluster = { operators: 'managed' as const, apiServerAddresses: ['192.0.2.32/32'] }
    const found = whats({ environment: { sandbox, cluster, secrets: { kind: 'pulumi' } } })
    expect(found).toContain('cluster: agent-sandbox (kubernetes-sigs) with its extensions')
    expect(found).toContain('cluster: RuntimeClass gvisor')
  })

  test('on metrics-server only if something scales by CPU', () => {
    const agent = { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 3 } } } as const
    expect(whats({ environment: { agent } }).join()).not.toContain('metrics-server')
  })
})
