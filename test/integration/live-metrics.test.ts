import { metrics } from '@hadal/charts/alerts/metrics'
import { withEverything } from '@hadal/charts/fixtures/shapes'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { useProviderServer } from '@hadal/runtime/fixtures/provider/provider-server'
import { modelAgents, startTestServer, useTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { beforeAll, expect, test } from 'vitest'
import { labelsAsked, metricNames } from '../contract/metric-names.ts'
import { queriesOf } from '../contract/queries.ts'

// With a budget, a Redis, a read replica and a backup target, because their metrics exist only if they are configured. An unavailable one has metrics, too.
const server = useTestServer(createDatabase(), {
  BUDGET_TENANT_DAY_TOKENS: '1000000',
  REDIS_URL: 'redis://127.0.0.1:1',
  DATABASE_READ_URL: 'postgres://127.0.0.1:1/database',
  BACKUP_TARGET: 'file:///nonexistent/backups',
})
// A second server has models of two providers, of which one is always overloaded.
const provider = useProviderServer()
const database = createDatabase()
const signedIn = createDatabase()
let lines: readonly string[]

async function linesOfModels(): Promise<string[]> {
  provider.fault = ({ model }) =>
    model.startsWith('claude')
      ? { kind: 'status', status: 529, type: 'overloaded_error', message: 'Overloaded' }
      : undefined
  const one = 'anthropic:claude-haiku-4-5'
  const other = await startTestServer(database(), {
    AGENTS_CONFIG: modelAgents,
    ANTHROPIC_API_KEY: 'anthropic-test-key',
    ANTHROPIC_BASE_URL: provider.url,
    OPENAI_API_KEY: 'openai-test-key',
    OPENAI_BASE_URL: `${provider.url}/v1`,
    MODEL_DEFAULT: one,
    MODEL_ROUTING: JSON.stringify({ simple: one, standard: one, complex: one }),
    MODEL_FALLBACKS: 'openai:gpt-5.6',
  })
  const input = { messages: [{ role: 'user', content: 'Hello' }] }
  await other.client.runs.wait(null, 'assistant', { input })
  const answer = await fetch(`http://127.0.0.1:${other.metricsPort}/metrics`)
  const text = await answer.text()
  await other.drain()
  return text.split('\n')
}

/** Metrics of a server with sign-in, after a request without a key. */
async function linesOfSignIn(): Promise<string[]> {
  const other = await startTestServer(signedIn(), { ACCESS: JSON.stringify({ kind: 'api-keys' }) })
  await fetch(`${other.url}/threads/search`, { method: 'POST' })
  const answer = await fetch(`http://127.0.0.1:${other.metricsPort}/metrics`)
  const text = await answer.text()
  await other.drain()
  return text.split('\n')
}

beforeAll(async () => {
  const { client, metricsPort } = server()
  const { thread_id } = await client.threads.create()
  // Model and tool calls, a run that waits for an answer, and a failing run.
  await client.runs.wait(thread_id, 'deep', { input: { messages: [{ role: 'user', content: 'go on' }] } })
  await client.runs.wait(thread_id, 'steps', { input: { steps: 1, failAt: 1 }, raiseError: false })
  // Calls of a model with a price.
  const paid = await client.threads.create()
  await client.runs.wait(paid.thread_id, 'spender', { input: { messages: [{ role: 'user', content: 'spend 100' }] } })
  const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
  lines = [...(await answer.text()).split('\n'), ...(await linesOfModels()), ...(await linesOfSignIn())]
})

test('a running server exports every metric that alerts, dashboards and scalers read', () => {
  const exported = new Set(lines.flatMap((line) => /^# TYPE (\S+) /.exec(line)?.[1] ?? []))
  expect(Object.values(metrics).filter((name) => !exported.has(name))).toEqual([])
})

test('the server exports each time series that queries name, with the labels that they use', () => {
  const labels = new Map<string, Set<string>>()
  for (const line of lines) {
    const [, name, inside = ''] = /^([a-z_]\w*)(?:\{(.*)\})? /.exec(line) ?? []
    if (!name) continue
    const known = labels.get(name) ?? new Set()
    for (const [, label] of inside.matchAll(/(\w+)="/g)) known.add(label ?? '')
    labels.set(name, known)
  }
  // Prometheus itself adds the labels of the scraped target.
  const scraped = ['job', 'pod', 'namespace', 'instance', 'container']
  const ofServer = Object.values(metrics)
  const missing = queriesOf(withEverything).flatMap(({ by, expr }) =>
    metricNames(expr)
      .filter((name) => ofServer.some((metric) => name.startsWith(metric)))
      .flatMap((name) =>
        labelsAsked(expr, name)
          .filter((label) => !scraped.includes(label) && !labels.get(name)?.has(label))
          .map((label) => `${by}: ${name} has no ${label}`),
      ),
  )
  expect(missing).toEqual([])
  const read = queriesOf(withEverything).flatMap(({ expr }) => metricNames(expr))
  // A gauge with labels may have no series, for example without a suspect: its declaration is enough.
  const declared = new Set(lines.map((line) => /^# TYPE (\w+)/.exec(line)?.[1]))
  const known = (name: string): boolean => labels.has(name) || declared.has(name)
  expect(read.filter((name) => ofServer.some((metric) => name.startsWith(metric)) && !known(name))).toEqual([])
})
