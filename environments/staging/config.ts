import { defineEnvironment } from '@hadal/platform/define-environment'
import release from './release.json' with { type: 'json' }

/** Staging environment: like prod, but smaller, so that problems appear here first. Its data may be lost, so it is not protected. */
export default defineEnvironment({
  name: 'staging',
  protected: false,
  namespace: 'hadal-staging',
  repository: { url: 'https://git.example.com/platform/hadal.git' },
  release,

  cluster: { operators: 'present' },

  agent: {
    topology: 'split',
    api: { autoscaling: { kind: 'cpu', max: 3 } },
    worker: { autoscaling: { kind: 'cpu', max: 4 } },
  },
  quota: { requests: { cpu: '12', memory: '16Gi' }, limits: { cpu: '44', memory: '44Gi' }, pods: 26 },

  // With sign-in, the loops that serve all tenants have connections of their own.
  postgres: { kind: 'cnpg', maxConnections: 320 },
  // A managed service with TLS, as in prod. The host and its addresses are examples.
  redis: { kind: 'external', mode: 'cluster', host: 'redis.staging.example.com', addresses: ['198.51.100.0/28'] },

  // The store and the namespace of the clients are examples.
  secrets: {
    kind: 'external-secrets',
    store: { kind: 'ClusterSecretStore', name: 'platform' },
    path: 'hadal/staging',
  },
  exposure: { kind: 'internal', clientNamespaces: ['assistant-staging'] },

  // As in prod. Here a person may approve the calls of a run of their own.
  access: {
    kind: 'oidc',
    issuer: 'https://id.staging.example.com',
    audience: 'hadal-staging',
    claims: { roles: 'groups' },
    roles: {
      'agents-users': ['read', 'run'],
      'agents-approvers': ['read', 'approve'],
      'agents-admins': ['administer'],
    },
    defaultRoles: [],
  },

  // The same models and routing as in prod, so that they are tested here.
  models: {
    providers: { anthropic: {}, openai: {} },
    default: 'anthropic:claude-sonnet-5',
    fallbacks: ['openai:gpt-5.6'],
    routing: {
      simple: 'anthropic:claude-haiku-4-5',
      standard: 'anthropic:claude-sonnet-5',
      complex: 'anthropic:claude-opus-5',
    },
  },

  // A collector with TLS that receives traces by OpenTelemetry. The host and its addresses are examples. One run in five is recorded.
  tracing: {
    kind: 'otlp',
    endpoint: 'https://traces.staging.example.com:4318',
    destination: { kind: 'addresses', cidrs: ['198.51.100.16/28'], ports: [4318] },
    sampleRatio: 0.2,
  },

  // Test threads are not needed for longer than a week.
  retention: { checkpointDays: 7 },
})
