import { shapes, withEverything } from '@hadal/charts/fixtures/shapes'
import type { Environment, EnvironmentInput } from '@hadal/platform/environment'
import { everyProvider } from '@hadal/platform/fixtures/every-provider'
import { soundEnvironment, soundInput } from '@hadal/platform/fixtures/example-environment'
import type { Destination } from '@hadal/platform/schema/destination'

const models = {
  providers: { anthropic: { baseUrl: 'https://models.example.com' }, openai: { api: 'responses' } },
  default: 'anthropic:claude-sonnet-5',
  fallbacks: ['openai:gpt-5.6'],
  routing: {
    simple: 'anthropic:claude-haiku-4-5',
    standard: 'anthropic:claude-sonnet-5',
    complex: 'anthropic:claude-opus-5',
  },
  prices: { 'anthropic:claude-sonnet-5': { input: 1, output: 4, cacheRead: 0.5 } },
} as const satisfies EnvironmentInput['models']

const budgets = {
  run: { tokens: 500_000, usd: 1 },
  thread: { tokens: 2_000_000, usd: 2.5 },
  userPerDay: { tokens: 5_000_000, usd: 10 },
  tenantPerDay: { tokens: 20_000_000, usd: 100 },
} as const satisfies EnvironmentInput['budgets']

const limits = {
  requestsPerMinutePerTenant: 600,
  concurrentRunsPerTenant: 20,
  concurrentRunsPerUser: 5,
  queuedRunsPerTenant: 1_000,
  queuedRunsPerUser: 100,
  streamsPerTenant: 200,
  streamsPerUser: 20,
} as const satisfies EnvironmentInput['limits']

/** Destinations of every kind. The host of the URLs says nothing about them, so that each field can change. */
const destinations: readonly Destination[] = [
  { kind: 'pods', namespace: 'models', labels: { app: 'models' }, ports: [443, 4000] },
  { kind: 'addresses', cidrs: ['10.20.0.0/24'], ports: [443, 4000] },
]

/** Environments in which every URL has a destination of the given kind. */
function withDestination(destination: Destination): Environment[] {
  const endpoint = 'https://inner.example.internal:4000'
  return [
    soundEnvironment({
      models: { ...everyProvider(endpoint, destination), default: 'anthropic:claude-sonnet-5' },
      tracing: { kind: 'langsmith', project: 'agents', endpoint, destination },
      access: { kind: 'oidc', issuer: endpoint, audience: 'agents', destination },
      egress: { inner: destination },
    }),
    soundEnvironment({
      tracing: { kind: 'otlp', endpoint, destination },
      backup: { kind: 's3', bucket: 'backups', endpoint: 'inner.example.internal', destination },
    }),
  ]
}

const contact = { who: 'the rotation "agents"', contact: '#agents' }
const escalation = {
  steps: [{ ...contact, nextAfterMinutes: 30 }, contact],
  announce: '#incidents',
  owners: { cluster: contact, database: contact, secrets: contact, models: contact },
} as const satisfies EnvironmentInput['escalation']

/** Exposures whose requests come from load balancers outside the cluster, or from pods in another namespace than the Gateway's. */
const exposures = [
  {
    kind: 'gateway',
    host: 'agents.example.com',
    gateway: { name: 'public', namespace: 'gateways', listener: 'https' },
    proxyNamespace: 'proxies',
    proxyAddresses: ['192.0.2.0/28'],
  },
  {
    kind: 'ingress',
    host: 'agents.example.com',
    className: 'public',
    proxyAddresses: ['192.0.2.0/28'],
    issuer: { kind: 'ClusterIssuer', name: 'acme' },
  },
] as const satisfies readonly EnvironmentInput['exposure'][]

/** Environments with a recovery of the database under way, and with finished ones. */
const recoveries = [
  {
    recovered: [{ from: 'postgres', to: '2025-01-31T10:15:00Z', name: 'postgres-2' }],
    recovery: { from: 'postgres-2', to: 'latest', name: 'postgres-3' },
  },
  {
    recovered: [{ from: 'archive', to: 'latest', name: 'postgres-4' }],
    recovery: { from: 'postgres', to: '2025-01-31T10:15:00Z', name: 'postgres-5', serves: true },
  },
].map((recovery) =>
  soundEnvironment({
    postgres: { kind: 'cnpg', maxConnections: 2000, ...recovery },
    backup: { kind: 's3', bucket: 'backups' },
  }),
)

/**
 * Environments in which every field of the schema occurs at least once. `charts/src/fixtures/shapes.ts` has every variant that is rendered;
 * the others have the optional parts, and the values that the charts refuse.
 */
export const bases: readonly Environment[] = [
  soundEnvironment({ models, budgets, limits, retention: { threads: { minutes: 43_200 } } }),
  soundEnvironment({
    agent: {
      ...soundInput.agent,
      scheduling: {
        nodeSelector: { pool: 'agents' },
        tolerations: [{ operator: 'Exists', key: 'example.com/pool' }],
        priorityClassName: 'production',
      },
      serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/hadal' },
    },
    postgres: {
      kind: 'cnpg',
      maxConnections: 2000,
      storage: { size: '20Gi', walStorage: { size: '8Gi', class: 'fast' } },
    },
  }),
  withEverything,
  ...destinations.flatMap(withDestination),
  ...exposures.map((exposure) => soundEnvironment({ exposure })),
  ...shapes.map(({ environment }) => environment),
  soundEnvironment({ access: { kind: 'api-keys' } }),
  soundEnvironment({ escalation }),
  soundEnvironment({
    postgres: { kind: 'external', host: 'db.example.com', readHost: 'read.example.com', addresses: ['192.0.2.0/28'] },
  }),
  soundEnvironment({
    access: {
      kind: 'oidc',
      issuer: 'https://id.example.com',
      audience: 'agents',
      claims: { tenant: 'org', roles: 'groups' },
      roles: { 'agents-admins': ['administer'] },
    },
  }),
  soundEnvironment({ access: { kind: 'custom' } }),
  ...recoveries,
]
