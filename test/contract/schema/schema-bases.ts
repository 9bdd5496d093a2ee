import { shapes, withEverything } from '@hadal/charts/fixtures/shapes'
import type { Environment, EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'

const models = {
  providers: { anthropic: { baseUrl: 'https://models.example.com' }, openai: { api: 'responses' } },
  default: 'anthropic:claude-sonnet-5',
  fallbacks: ['openai:gpt-5.6'],
  routing: {
    simple: 'anthropic:claude-haiku-4-5',
    standard: 'anthropic:claude-sonnet-5',
    complex: 'anthropic:claude-opus-5',
  },
} as const satisfies EnvironmentInput['models']

const budgets = {
  run: { tokens: 500_000, usd: 1 },
  thread: { tokens: 2_000_000, usd: 2.5 },
  tenantPerDay: { tokens: 20_000_000, usd: 100 },
} as const satisfies EnvironmentInput['budgets']

/**
 * Environments in which every field of the schema occurs at least once. `charts/src/fixtures/shapes.ts` has every variant that is rendered;
 * the others have the optional parts, and the values that the charts refuse.
 */
export const bases: readonly Environment[] = [
  soundEnvironment({ models, budgets }),
  withEverything,
  ...shapes.map(({ environment }) => environment),
  soundEnvironment({ access: { kind: 'api-keys' } }),
  soundEnvironment({
    postgres: { kind: 'external', host: 'db.example.com', readHost: 'read.example.com', addresses: ['192.0.2.0/28'] },
  }),
  soundEnvironment({ access: { kind: 'oidc', issuer: 'https://id.example.com', audience: 'agents' } }),
]
