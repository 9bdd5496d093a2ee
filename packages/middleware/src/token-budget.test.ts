import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { MemorySaver } from '@langchain/langgraph'
import { createDeepAgent } from 'deepagents'
import { createAgent, fakeModel } from 'langchain'
import { describe, expect, test } from 'vitest'
import type { Budgets } from './token-budget/ledger.ts'
import { createMemoryBudgetLedger } from './token-budget/memory-ledger.ts'
import { createTokenBudgetMiddleware } from './token-budget.ts'

const answer = (content: string, input_tokens: number, output_tokens = 100, more: object = {}): AIMessage =>
  new AIMessage({
    content,
    usage_metadata: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens },
    ...more,
  })
const delegate = (input: number): AIMessage =>
  answer('', input, 100, {
    tool_calls: [{ name: 'task', args: { description: 'look', subagent_type: 'scout' }, id: 'call_1' }],
  })

function recorder() {
  const events: { event: string; fields: object }[] = []
  return { events, log: { warn: (fields: object, event: string) => void events.push({ event, fields }) } }
}
const said = () => ({ messages: [new HumanMessage('Hello')] })
const session = (thread_id: string, run_id = 'run-1') => ({ configurable: { thread_id, run_id } })

describe('a session above its threshold', () => {
  test('causes one warning with thread, tenant, tokens and threshold', async () => {
    const { events, log } = recorder()
    const model = fakeModel()
    for (const tokens of [400, 500, 600, 700]) model.respond(answer('Yes.', tokens))
    const agent = createAgent({
      model,
      checkpointer: new MemorySaver(),
      middleware: [createTokenBudgetMiddleware({ warnSessionTokens: 1_000, log, tenant: 'acme' })],
    })
    for (let turn = 0; turn < 4; turn++) await agent.invoke(said(), session('t-1'))
    const warnings = events.filter(({ event }) => event === 'token_threshold_exceeded')
    expect(warnings.map(({ fields }) => fields)).toEqual([
      { thread_id: 't-1', tenant: 'acme', session_tokens: 1_100, threshold: 1_000 },
    ])
  })

  test('includes the tokens of its subagents', async () => {
    const { events, log } = recorder()
    const ledger = createMemoryBudgetLedger()
    const budget = () => createTokenBudgetMiddleware({ warnSessionTokens: 1_000, log, ledger })
    const model = fakeModel().respond(delegate(300)).respond(answer('Found.', 600)).respond(answer('Done.', 300))
    const agent = createDeepAgent({
      model,
      middleware: [budget()],
      subagents: [{ name: 'scout', description: 'Looks', systemPrompt: 'Look.', middleware: [budget()] }],
    })
    await agent.invoke(said(), session('t-2'))
    expect(events.filter(({ event }) => event === 'token_threshold_exceeded')).toHaveLength(1)
    expect(events[0]?.fields).toBeDefined()
  })
})

describe('a budget', () => {
  const agentWith = (budgets: Budgets, model = fakeModel(), ledger = createMemoryBudgetLedger()) => {
    const { log, events } = recorder()
    const refusals: unknown[] = []
    const budget = createTokenBudgetMiddleware({ budgets, ledger, log, onRefusal: (refusal) => refusals.push(refusal) })
    return {
      agent: createAgent({ model, checkpointer: new MemorySaver(), middleware: [budget] }),
      model,
      refusals,
      events,
    }
  }

  test.each(['run', 'thread', 'tenantPerDay'] as const)(
    'of the %s stops the agent before the call that would exceed it',
    async (scope) => {
      const { agent, model, refusals } = agentWith({ [scope]: { tokens: 1_000 } })
      model.respond(answer('One.', 900)).respond(answer('Two.', 900))
      await agent.invoke(said(), session('t'))
      const second = agent.invoke(said(), session('t'))
      await expect(second).rejects.toThrow(
        /^The budget of the .+ is 1000 tokens: 1000 tokens are used, and the next model call needs at least \d+ tokens\. It was not made\./,
      )
      await expect(second).rejects.toMatchObject({ name: 'BudgetExceeded', cause: { code: 'budget_exceeded' } })
      expect(model.calls).toHaveLength(1)
      expect(refusals).toMatchObject([{ scope, unit: 'tokens', limit: 1_000, used: 1_000 }])
    },
  )

  test('in US dollars counts the price of the model', async () => {
    const model = Object.assign(fakeModel(), { model: 'claude-sonnet-5' })
    const { agent } = agentWith({ thread: { usd: 0.2 } }, model)
    model.respond(answer('One.', 90_000, 1_000)).respond(answer('Two.', 10))
    await agent.invoke(said(), session('t'))
    await expect(agent.invoke(said(), session('t'))).rejects.toThrow(/is \$0\.2: \$0\.19 are used/)
  })

  test('in US dollars logs a model without a price, and counts no cost for it', async () => {
    const { agent, model, events } = agentWith({ thread: { usd: 0.000001 } })
    model.respond(answer('One.', 90_000)).respond(answer('Two.', 90_000))
    await agent.invoke(said(), session('t'))
    await agent.invoke(said(), session('t'))
    expect(events.filter(({ event }) => event === 'model_price_unknown')).toEqual([
      { event: 'model_price_unknown', fields: { model: 'unknown' } },
    ])
  })

  test('stops a subagent too', async () => {
    const ledger = createMemoryBudgetLedger()
    const { log } = recorder()
    const budget = () => createTokenBudgetMiddleware({ budgets: { run: { tokens: 20_000 } }, ledger, log })
    const model = fakeModel().respond(delegate(19_900)).respond(answer('Found.', 600)).respond(answer('Done.', 300))
    const agent = createDeepAgent({
      model,
      middleware: [budget()],
      subagents: [{ name: 'scout', description: 'Looks', systemPrompt: 'Look.', middleware: [budget()] }],
    })
    await expect(agent.invoke(said(), session('t'))).rejects.toMatchObject({ name: 'BudgetExceeded' })
    expect(model.calls).toHaveLength(1)
  })

  test('lets the thread continue after it was raised', async () => {
    const ledger = createMemoryBudgetLedger()
    const checkpointer = new MemorySaver()
    const { log } = recorder()
    const model = fakeModel().respond(answer('One.', 900)).respond(answer('Two.', 900))
    const agent = (tokens: number) =>
      createAgent({
        model,
        checkpointer,
        middleware: [createTokenBudgetMiddleware({ budgets: { thread: { tokens } }, ledger, log })],
      })
    await agent(1_000).invoke(said(), session('t'))
    await expect(agent(1_000).invoke(said(), session('t'))).rejects.toThrow('budget')
    const { messages } = await agent(9_000).invoke(null, session('t'))
    expect(messages.map(({ text }) => text)).toEqual(['Hello', 'One.', 'Hello', 'Two.'])
  })

  test('is not charged for an answer from a cache', async () => {
    const { agent, model } = agentWith({ thread: { tokens: 2_000 } })
    for (let turn = 0; turn < 4; turn++)
      model.respond(answer('Yes.', 5_000, 100, { response_metadata: { cached: true } }))
    for (let turn = 0; turn < 4; turn++) await agent.invoke(said(), session('t'))
    expect(model.calls).toHaveLength(4)
  })

  test('gets back the reservation of a failed call', async () => {
    const model = fakeModel().respond(new Error('overloaded')).respond(answer('Yes.', 10))
    const { agent } = agentWith({ thread: { tokens: 1_000 } }, model)
    await expect(agent.invoke(said(), session('t'))).rejects.toThrow('overloaded')
    await expect(agent.invoke(said(), session('t'))).resolves.toBeDefined()
  })

  test('lets a call wait for reservations that other calls release', async () => {
    const ledger = createMemoryBudgetLedger()
    const other = { tenant: 'default', threadId: 't', runId: 'other', attempt: undefined }
    const all = { tokens: 10_000, usd: 0 }
    const verdict = await ledger.reserve(other, all, all, { thread: { tokens: 10_000 } })
    const { agent } = agentWith({ thread: { tokens: 10_000 } }, fakeModel().respond(answer('Yes.', 10)), ledger)
    const waiting = agent.invoke(said(), session('t'))
    await ledger.settle(other, { tokens: 100, usd: 0 }, verdict.kind === 'reserved' ? verdict.reservation : undefined)
    await expect(waiting).resolves.toBeDefined()
  })

  test.each(['run', 'thread'] as const)(
    'of a %s is rejected with the required field if the agent is invoked without its id',
    async (scope) => {
      const model = fakeModel().respond(answer('Yes.', 10))
      const budget = createTokenBudgetMiddleware({ budgets: { [scope]: { tokens: 1_000 } }, log: recorder().log })
      const agent = createAgent({ model, middleware: [budget] })
      const bare = { configurable: scope === 'run' ? { thread_id: 't' } : { run_id: 'r' } }
      await expect(agent.invoke(said(), bare)).rejects.toThrow(`configurable.${scope}_id`)
      expect(model.calls).toHaveLength(0)
    },
  )
})
