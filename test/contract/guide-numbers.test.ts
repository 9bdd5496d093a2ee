import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rendered } from '@hadal/charts/fixtures/rendered'
import { valueAt } from '@hadal/platform/field-schema'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

/** The production guide's numbers and names. Each is the default of an environment, and of a process that runs without one. */
const environment = soundEnvironment({
  agent: { topology: 'together', all: { autoscaling: { kind: 'cpu' } } },
  models: {
    providers: { anthropic: {} },
    default: 'anthropic:b',
    routing: { simple: 'anthropic:a', standard: 'anthropic:b', complex: 'anthropic:c' },
  },
})

test("an environment's defaults are the guide's numbers", () => {
  expect(environment.postgres.pool).toEqual({
    size: 10,
    overflow: 20,
    timeoutSeconds: 30,
    recycleSeconds: 1800,
    prePing: true,
  })
  expect(environment.cache).toEqual({ enabled: true, ttlSeconds: 3600 })
  expect(environment.agent).toMatchObject({ all: { autoscaling: { min: 2, max: 10, targetPercent: 70 } } })
  expect(environment.limits.requestsPerMinute).toBe(60)
  expect(environment.budgets.warnSessionTokens).toBe(100_000)
  expect(environment.retention.checkpointDays).toBe(30)
  expect(environment.models.routing).toMatchObject({
    simpleBelowTokens: 500,
    simpleBelowTools: 3,
    standardBelowTokens: 2000,
  })
})

test("a process without an environment has the guide's numbers", () => {
  const routing = JSON.stringify({ simple: 'anthropic:a', standard: 'anthropic:b', complex: 'anthropic:c' })
  const variables = parseContainerVariables({ DATABASE_URL: 'postgres://h/d', MODEL_ROUTING: routing }, () => '')
  expect(variables).toMatchObject({
    PORT: 8000,
    DATABASE_POOL_SIZE: 10,
    DATABASE_POOL_OVERFLOW: 20,
    DATABASE_POOL_TIMEOUT_SECONDS: 30,
    DATABASE_POOL_RECYCLE_SECONDS: 1800,
    DATABASE_POOL_PRE_PING: true,
    CACHE_TTL_SECONDS: 3600,
    REQUEST_LIMIT_PER_MINUTE: 60,
    BUDGET_WARN_SESSION_TOKENS: 100_000,
    MODEL_ROUTING: { simpleBelowTokens: 500, simpleBelowTools: 3, standardBelowTokens: 2000 },
  })
})

test("the rendered Deployment has the guide's names and numbers", () => {
  const fixed = soundEnvironment({ agent: { topology: 'together', all: { autoscaling: { kind: 'none' } } } })
  const spec = (...path: (string | number)[]) => rendered(fixed, 'agent/Deployment.deep-agents.yaml', 'spec', ...path)
  expect(spec('replicas')).toBe(3)
  expect(spec('template', 'spec', 'containers', 0)).toMatchObject({
    name: 'agent',
    resources: { requests: { memory: '512Mi', cpu: '500m' }, limits: { memory: '2Gi', cpu: '2000m' } },
    livenessProbe: { httpGet: { path: '/health' }, initialDelaySeconds: 30, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: '/ready' }, initialDelaySeconds: 5, periodSeconds: 5 },
  })
})

test('docs/production-guide.md has the numbers of the defaults', () => {
  const page = readFileSync(join(root, 'docs/production-guide.md'), 'utf8')
  const rows = [...page.matchAll(/^\| .+ \| (\w+) \| `([a-zA-Z.]+)` \|$/gm)]
  expect(rows).toHaveLength(19)
  for (const [row, number, path = ''] of rows) expect(String(valueAt(environment, path.split('.'))), row).toBe(number)
})
