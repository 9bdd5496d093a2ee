import { defineEnvironment } from '@hadal/platform/define-environment'
import release from './release.json' with { type: 'json' }

/**
 * What people rely on. Addresses and names of things outside are examples, to be replaced by the team's own: hosts under example.com, the
 * range that RFC 5737 keeps for documentation, the bucket, the secret store, the namespace of the callers.
 */
export default defineEnvironment({
  name: 'prod',
  // Refuses whatever is without TLS, backups, a second instance or a closed door.
  protected: true,
  namespace: 'hadal-prod',
  repository: { url: 'https://git.example.com/platform/hadal.git' },
  release,

  // Whoever runs the cluster installed the operators and Argo CD.
  cluster: { operators: 'present' },

  // Two Deployments of 2 to 10 pods at 70 % CPU: a run that keeps its process busy delays no answer of the API, and a rollout of the API waits for no run.
  agent: {
    topology: 'split',
    api: { autoscaling: { kind: 'cpu' } },
    worker: { autoscaling: { kind: 'cpu' } },
  },
  // All of them scaled out and rolling, the database and the poolers, and a sixth more.
  quota: { requests: { cpu: '32', memory: '40Gi' }, limits: { cpu: '120', memory: '128Gi' }, pods: 58 },

  // Three instances, one of them a synchronous replica, and poolers. They bear every checkpoint, so they are larger than the default.
  postgres: {
    kind: 'cnpg',
    storage: { size: '100Gi' },
    resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '4', memory: '8Gi' } },
  },
  // Kept for 35 days, so five longer than checkpoints are.
  backup: { kind: 's3', bucket: 'hadal-prod-backups', region: 'eu-central-1' },

  // A managed service, spoken to with TLS. The addresses are for the NetworkPolicy, which knows no names.
  redis: { kind: 'external', mode: 'cluster', host: 'redis.prod.example.com', addresses: ['192.0.2.0/28'] },

  secrets: {
    kind: 'external-secrets',
    store: { kind: 'ClusterSecretStore', name: 'platform' },
    path: 'hadal/prod',
  },

  // Pods of the named namespaces reach the API, and nobody else: who may use it is decided there. Before it is let out by a Gateway, set `access`.
  exposure: { kind: 'internal', clientNamespaces: ['assistant-prod'] },

  // Ids as the profiles of @langchain/anthropic 1.5.11 and @langchain/openai 1.6.0 list them. The fallback is another vendor's: two rarely fail together.
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
})
