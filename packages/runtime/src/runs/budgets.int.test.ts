import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { startTestServer, type TestServer, useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const say = (content: string) => ({ input: { messages: [{ role: 'user', content }] } })

/** Starts a server with other settings on the same database, for one test. */
async function withServer(
  variables: Record<string, string>,
  work: (server: TestServer) => Promise<void>,
): Promise<void> {
  const server = await startTestServer(database(), variables)
  try {
    await work(server)
  } finally {
    await server.drain()
  }
}

async function newThread({ client }: TestServer): Promise<string> {
  return (await client.threads.create()).thread_id
}

interface Ended {
  readonly status: string
  readonly error: { error: string; message: string } | null
  /** Number of model answers in the thread, without those of subagents. */
  readonly answers: number
}

async function run({ client }: TestServer, thread: string, order: string | null): Promise<Ended> {
  const { run_id } = await client.runs.create(thread, 'spender', order === null ? {} : say(order))
  await client.runs.join(thread, run_id).catch(() => undefined)
  const { status } = await client.runs.get(thread, run_id)
  const { error } = (await client.threads.get(thread)) as unknown as Pick<Ended, 'error'>
  const { values } = await client.threads.getState<{ messages: { type: string }[] }>(thread)
  return { status, error, answers: values.messages.filter(({ type }) => type === 'ai').length }
}

async function metric({ metricsPort }: TestServer, line: RegExp): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  return Number(
    text
      .split('\n')
      .find((one) => line.test(one))
      ?.split(' ')
      .at(-1) ?? Number.NaN,
  )
}

describe('the tokens and the cost', () => {
  const server = useTestServer(database)

  test('of every model call are counted once, by model and kind, including the calls of subagents', async () => {
    await run(server(), await newThread(server()), 'delegate spend 1000 2 times')
    const of = (kind: string) =>
      metric(server(), new RegExp(`^llm_tokens_total\\{model="claude-sonnet-5",kind="${kind}"\\}`))
    expect(await of('input')).toBe(100 + 1_000 + 1_000 + 100)
    expect(await of('output')).toBe(4 * 100)
    expect(await of('cache_read')).toBe(0)
    const cost = await metric(server(), /^llm_cost_usd_total\{model="claude-sonnet-5"\}/)
    expect(cost).toBeCloseTo((2_200 * 2 + 400 * 10) / 1_000_000, 9)
  })

  test('of a model without a price: the tokens are counted, the cost is not', async () => {
    const thread = await newThread(server())
    await server().client.runs.wait(thread, 'deep', say('go on'))
    expect(await metric(server(), /^llm_unpriced_tokens_total\{model="unknown"\}/)).toBeGreaterThan(0)
    expect(await metric(server(), /^llm_cost_usd_total\{model="unknown"\}/)).toBeNaN()
    expect(server().logged).toContainEqual(expect.objectContaining({ event: 'model_price_unknown', thread_id: thread }))
  })
})

test('a session above its token threshold causes one warning over all its runs, subagents and servers', async () => {
  const settings = { BUDGET_WARN_SESSION_TOKENS: '3000' }
  await withServer(settings, (first) =>
    withServer(settings, async (second) => {
      const thread = await newThread(first)
      await run(first, thread, 'spend 900')
      const warnings = () =>
        [...first.logged, ...second.logged].filter(
          (line) => line.event === 'token_threshold_exceeded' && line.thread_id === thread,
        )
      expect(warnings()).toEqual([])
      // Its own two calls have 200 tokens each, its subagent's 1,000 each.
      await run(second, thread, 'delegate spend 900 3 times')
      await run(first, thread, 'spend 900')
      expect(warnings()).toHaveLength(1)
      expect(warnings()[0]).toMatchObject({ thread_id: thread, tenant: 'default', threshold: 3_000 })
      // The warning comes at the call that crossed the threshold, or at a later call of the run: amounts are written in batches.
      expect(warnings()[0]?.session_tokens).toBeGreaterThanOrEqual(3_200)
      expect(warnings()[0]?.session_tokens).toBeLessThanOrEqual(4_400)
    }),
  )
})

describe('a hard budget', () => {
  const refused = (words: string) => ({
    status: 'error',
    error: { error: 'BudgetExceeded', message: expect.stringMatching(`^The budget of the ${words}.*It was not made.`) },
  })

  test('of a run stops the run before its next call, and the next run of the thread continues', async () => {
    await withServer({ BUDGET_RUN_TOKENS: '30000' }, async (server) => {
      const thread = await newThread(server)
      expect(await run(server, thread, 'spend 10000 9 times')).toMatchObject({
        ...refused('run is 30000 tokens: 20200 tokens are used'),
        answers: 2,
      })
      expect(await metric(server, /^budget_refusals_total\{scope="run",unit="tokens"\}/)).toBe(1)
      expect(await run(server, await newThread(server), 'spend 100')).toMatchObject({ status: 'success' })
    })
  })

  test('of a thread counts all runs of the thread, and the thread continues without loss after the budget is raised', async () => {
    let thread = ''
    await withServer({ BUDGET_THREAD_TOKENS: '30000' }, async (server) => {
      thread = await newThread(server)
      expect(await run(server, thread, 'spend 9900')).toMatchObject({ status: 'success' })
      expect(await run(server, thread, 'spend 9900 4 times')).toMatchObject({
        ...refused('thread is 30000 tokens: 20000 tokens are used'),
        answers: 2,
      })
      expect(await run(server, await newThread(server), 'spend 9900')).toMatchObject({ status: 'success' })
    })
    await withServer({ BUDGET_THREAD_TOKENS: '90000' }, async (server) => {
      expect(await run(server, thread, null)).toMatchObject({ status: 'success', error: null, answers: 5 })
    })
  })

  test('in US dollars stops the run by the cost of its model calls', async () => {
    await withServer({ BUDGET_RUN_USD: '0.2' }, async (server) => {
      // 0.06 for the prompt and 0.001 for the answer, each time.
      const ended = await run(server, await newThread(server), 'spend 30000 9 times')
      expect(ended).toMatchObject({ ...refused('run is \\$0.2: \\$0.183 are used'), answers: 3 })
    })
  })

  test('in US dollars uses the given price of a model', async () => {
    const prices = { 'anthropic:claude-sonnet-5': { input: 4, output: 20 } }
    await withServer({ BUDGET_RUN_USD: '0.2', MODEL_PRICES: JSON.stringify(prices) }, async (server) => {
      // Twice the list price: 0.12 for the prompt and 0.002 for the answer.
      const ended = await run(server, await newThread(server), 'spend 30000 9 times')
      expect(ended).toMatchObject({ ...refused('run is \\$0.2: \\$0.122 are used'), answers: 1 })
      const cost = await metric(server, /^llm_cost_usd_total\{model="claude-sonnet-5"\}/)
      expect(cost).toBeCloseTo(0.122, 9)
    })
  })

  test('stops a subagent together with its agent', async () => {
    await withServer({ BUDGET_RUN_TOKENS: '40000' }, async (server) => {
      const before = await metric(server, /^llm_requests_total\{model="claude-sonnet-5",status="success"\}/)
      const ended = await run(server, await newThread(server), 'delegate spend 15000 9 times')
      expect(ended).toMatchObject(refused('run is 40000 tokens: 30400 tokens are used'))
      const calls = await metric(server, /^llm_requests_total\{model="claude-sonnet-5",status="success"\}/)
      expect(calls - (before || 0)).toBe(3)
    })
  })

  test('per tenant and day applies to two servers together: they use it up and never exceed it', async () => {
    const settings = { BUDGET_TENANT_DAY_TOKENS: '400000', WORKER_CONCURRENCY: '8' }
    await withServer(settings, (first) =>
      withServer(settings, async (second) => {
        const usedBefore = (await metric(first, /^budget_used_ratio\{tenant="default",unit="tokens"\}/)) || 0
        const runs = Array.from({ length: 16 }, async (_, index) => {
          const server = index % 2 === 0 ? first : second
          return run(server, await newThread(server), 'spend 9900 20 times')
        })
        const ended = await Promise.all(runs)
        expect(ended.every(({ error }) => error?.error === 'BudgetExceeded')).toBe(true)
        const used = await eventually(
          () => metric(second, /^budget_used_ratio\{tenant="default",unit="tokens"\}/),
          (ratio) => ratio > 0,
        )
        expect(usedBefore).toBeLessThan(1)
        expect(used).toBeLessThanOrEqual(1)
        // The rest is less than the minimum of a call: a prompt of 10,000 tokens after the first, the tool's result, and an answer.
        expect(used).toBeGreaterThan(1 - 12_000 / 400_000)
      }),
    )
  })
})
