import { defineEnvironment } from '@hadal/platform/define-environment'
import release from './release.json' with { type: 'json' }

/** The shape of prod at a smaller size: what would break there breaks here first. Its data may be lost, so it isn't protected. */
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

  postgres: { kind: 'cnpg' },
  // Prod's is a managed service. The server uses either the same way; what differs is the address, TLS and cluster mode.
  redis: { kind: 'standalone' },

  // The store and the namespace of the callers are examples.
  secrets: {
    kind: 'external-secrets',
    store: { kind: 'ClusterSecretStore', name: 'platform' },
    path: 'hadal/staging',
  },
  exposure: { kind: 'internal', clientNamespaces: ['assistant-staging'] },

  // As in prod: a routing that was never tried is a surprise.
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

  // Nobody asks for last month's test.
  retention: { checkpointDays: 7 },
})
