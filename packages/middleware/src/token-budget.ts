import { setTimeout as pause } from 'node:timers/promises'
import { AIMessage } from '@langchain/core/messages'
import { type AgentMiddleware, createMiddleware } from 'langchain'
import { costOf, mostCost } from './call-cost.ts'
import { type GivenPrices, priceOf } from './price-of.ts'
import { callBounds } from './token-budget/call-bounds.ts'
import {
  type Amount,
  BudgetExceeded,
  type BudgetLedger,
  type Budgets,
  type Refusal,
  type Spender,
} from './token-budget/ledger.ts'
import { createMemoryBudgetLedger } from './token-budget/memory-ledger.ts'
import { crossesThreshold } from './token-budget/threshold.ts'
import { tokenCounter } from './token-counter.ts'
import { estimatedUsage, noTokens, reportedUsage, totalTokens } from './token-usage.ts'
import { field, text } from './unknown-value.ts'

/** Maximum time in milliseconds that a call waits for reservations of other calls, and the first and maximum pause between two tries. */
const waitWithinMs = 60_000
const firstPauseMs = 20
const longestPauseMs = 1_000

export interface TokenBudgetOptions {
  /** Maximum of tokens and US dollars per run, per thread, and per user or tenant and day. Without a budget, tokens are counted and no call is stopped. */
  readonly budgets?: Budgets
  /** Number of tokens of a session (thread) from which the middleware logs one warning. */
  readonly warnSessionTokens?: number
  /** Ledger that stores used and reserved amounts. Default: one in the memory of this process, which other processes don't share. */
  readonly ledger?: BudgetLedger
  /** Tenant that calls the model, or a function that returns it from the run's `configurable`. */
  readonly tenant?: string | ((configurable: unknown) => string)
  /** Names of models that routing or a fallback may call instead. The most expensive of all models determines the reservation of a call. */
  readonly otherModels?: readonly string[]
  /** Prices that replace the list prices, by the name of the model. */
  readonly prices?: GivenPrices
  /** Logger for a session above its threshold (`token_threshold_exceeded`) and for a model without a price (`model_price_unknown`). */
  readonly log: { warn(fields: object, event: string): void }
  readonly onRefusal?: (refusal: Refusal) => void
}

function nameOf(model: unknown): string {
  if (typeof model !== 'object' || model === null) return text(model) ?? 'unknown'
  return text(Reflect.get(model, 'model')) ?? text(Reflect.get(model, 'modelName')) ?? 'unknown'
}

/**
 * Middleware that counts the tokens and costs of an agent's model calls, warns about long sessions, and stops an agent before a call that would
 * exceed a budget. Give it to every subagent with the same ledger, because the middleware of the caller does not apply to subagents.
 *
 * Threads and runs are identified by `configurable.thread_id` and `configurable.run_id`. Model calls inside of a tool or another middleware are
 * not counted.
 *
 * @throws BudgetExceeded before a call that would exceed a budget; Error if a run or thread has a budget and the agent is invoked without its id
 */
export function createTokenBudgetMiddleware({
  budgets = {},
  warnSessionTokens = 100_000,
  ledger = createMemoryBudgetLedger(),
  tenant = 'default',
  otherModels = [],
  prices = {},
  log,
  onRefusal = () => {},
}: TokenBudgetOptions): AgentMiddleware {
  const bounded = Object.values(budgets).some((limit) => limit?.tokens !== undefined || limit?.usd !== undefined)
  const unpriced = new Set<string>()

  function checkPrice(model: string): void {
    if (priceOf(model, prices) || unpriced.has(model)) return
    unpriced.add(model)
    log.warn({ model }, 'model_price_unknown')
  }

  async function reserve(
    spender: Spender,
    least: Amount,
    most: Amount,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const until = performance.now() + waitWithinMs
    for (let wait = firstPauseMs; ; wait = Math.min(2 * wait, longestPauseMs)) {
      const verdict = await ledger.reserve(spender, least, most, budgets)
      if (verdict.kind === 'reserved') return verdict.reservation
      if (verdict.kind === 'exceeded' || performance.now() > until) {
        onRefusal(verdict.refusal)
        throw new BudgetExceeded(verdict.refusal)
      }
      await pause(wait, undefined, { signal })
    }
  }

  return createMiddleware({
    name: 'TokenBudget',
    wrapModelCall: async (request, handler) => {
      const spender = spenderOf(request.runtime.configurable, tenant)
      checkIds(spender, budgets)
      const asked = nameOf(request.model)
      let reservation: string | undefined
      if (bounded) {
        const { messages, systemMessage, tools } = request
        const bounds = callBounds({ messages, system: systemMessage.text, tools }, request.model)
        const models = [asked, ...otherModels]
        const amount = (output: number): Amount => ({
          tokens: bounds.input + output,
          usd: mostCost(models, { input: bounds.input, output }, prices),
        })
        reservation = await reserve(
          spender,
          amount(bounds.leastOutput),
          amount(bounds.mostOutput),
          request.runtime.signal,
        )
      }
      let spent: Amount = { tokens: 0, usd: 0 }
      try {
        const answer = await handler(request)
        const usage = AIMessage.isInstance(answer)
          ? (reportedUsage(answer) ??
            estimatedUsage([request.systemMessage, ...request.messages], answer, await tokenCounter()))
          : noTokens
        const answered = AIMessage.isInstance(answer) ? text(answer.response_metadata.model_name) : undefined
        // A gateway may answer with the name of the model behind an alias.
        const priced = answered !== undefined && priceOf(answered, prices) ? answered : asked
        if (totalTokens(usage) > 0) checkPrice(priced)
        spent = { tokens: totalTokens(usage), usd: costOf(priced, usage, prices) ?? 0 }
        return answer
      } finally {
        const session = await ledger.settle(spender, spent, reservation)
        if (crossesThreshold(session, spent.tokens, warnSessionTokens)) {
          log.warn(
            {
              thread_id: spender.threadId,
              tenant: spender.tenant,
              session_tokens: session,
              threshold: warnSessionTokens,
            },
            'token_threshold_exceeded',
          )
        }
      }
    },
  })
}

function spenderOf(configurable: unknown, tenant: NonNullable<TokenBudgetOptions['tenant']>): Spender {
  const get = (key: string): unknown => field(configurable, key)
  const attempt = get('run_attempt')
  return {
    tenant: typeof tenant === 'string' ? tenant : tenant(configurable),
    user: text(get('langgraph_auth_user_id')),
    threadId: text(get('thread_id')),
    runId: text(get('run_id')),
    attempt: typeof attempt === 'number' ? attempt : undefined,
  }
}

/** Throws if a run or thread has a budget but no id: without the id the budget would have no effect. */
function checkIds({ threadId, runId }: Spender, budgets: Budgets): void {
  const missing =
    budgets.run && runId === undefined ? 'run' : budgets.thread && threadId === undefined ? 'thread' : undefined
  if (!missing) return
  throw new Error(
    `A ${missing} has a budget, but the agent was invoked without configurable.${missing}_id, so the budget can't be checked. ` +
      `Invoke it with configurable: { ${missing}_id: '…' }, or leave budgets.${missing} out.`,
  )
}
