import { defineEnvironment } from '@hadal/platform/define-environment'
import release from './release.json' with { type: 'json' }

/**
 * Production environment. Addresses and names of external services are examples, replace them with your own: hosts under example.com, the
 * documentation range of RFC 5737, the bucket, the secret store, and the namespace of the clients.
 */
export default defineEnvironment({
  name: 'prod',
  // Requires TLS, backups, at least two instances and access control.
  protected: true,
  namespace: 'hadal-prod',
  // `browseUrl` is for the links from alerts to runbooks; GitHub, GitLab, Gitea and Bitbucket don't need it.
  repository: {
    url: 'https://git.example.com/platform/hadal.git',
    browseUrl: 'https://git.example.com/platform/hadal/-/blob/{revision}',
  },
  release,

  // The operators and Argo CD are already installed in the cluster.
  cluster: { operators: 'present' },

  // Two Deployments of 2 to 10 pods, so that busy runs don't delay API responses, and a rollout of the API doesn't wait for runs. Workers wait for
  // models, so their CPU says little: KEDA scales them by the queue (docs/how-to/scale-workers.md). Without KEDA write { kind: 'cpu' }.
  agent: {
    topology: 'split',
    api: { autoscaling: { kind: 'cpu' } },
    worker: { autoscaling: { kind: 'queue' } },
  },
  // Enough for a rollout with all pods scaled out, the database and the poolers, plus a sixth.
  quota: { requests: { cpu: '32', memory: '40Gi' }, limits: { cpu: '120', memory: '128Gi' }, pods: 58 },

  // Three instances, one of them a synchronous replica, and poolers. Larger than the default, because every checkpoint is written here.
  postgres: {
    kind: 'cnpg',
    storage: { size: '100Gi' },
    resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '4', memory: '8Gi' } },
    // With sign-in, the loops that serve all tenants have connections of their own.
    maxConnections: 420,
  },
  // Backups are kept for 35 days, five days longer than checkpoints. Each day a drill restores the newest one. To encrypt them, add
  // `archive: { recipients: ['age1…'] }` (docs/how-to/set-up-backups.md).
  backup: { kind: 's3', bucket: 'hadal-prod-backups', region: 'eu-central-1', drill: { schedule: '30 5 * * *' } },

  // A managed service with TLS. The addresses are for the NetworkPolicy, which can't use host names.
  redis: { kind: 'external', mode: 'cluster', host: 'redis.prod.example.com', addresses: ['192.0.2.0/28'] },

  secrets: {
    kind: 'external-secrets',
    store: { kind: 'ClusterSecretStore', name: 'platform' },
    path: 'hadal/prod',
  },

  // Only pods of the named namespaces can reach the API. They pass on the tokens of their users. With sign-in, a Gateway or an Ingress may expose it instead.
  exposure: { kind: 'internal', clientNamespaces: ['assistant-prod'] },

  // Users sign in at an OpenID Connect issuer. Its address, the audience, the claim and the groups are examples. A user without one of the groups may do
  // nothing, and nobody approves the calls of a run of their own.
  access: {
    kind: 'oidc',
    issuer: 'https://id.prod.example.com',
    audience: 'hadal-prod',
    claims: { roles: 'groups' },
    roles: {
      'agents-users': ['read', 'run'],
      'agents-approvers': ['read', 'approve'],
      'agents-admins': ['administer'],
    },
    defaultRoles: [],
    approvalByOthers: true,
  },

  // The model ids are from the profiles of @langchain/anthropic 1.5.11 and @langchain/openai 1.6.0. The fallback is another vendor's, because
  // two rarely fail together.
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

  // A collector with TLS that receives traces by OpenTelemetry. The addresses are for the NetworkPolicy. One run in ten is recorded.
  tracing: {
    kind: 'otlp',
    endpoint: 'https://traces.prod.example.com:4318',
    destination: { kind: 'addresses', cidrs: ['192.0.2.16/28'], ports: [4318] },
  },
})
