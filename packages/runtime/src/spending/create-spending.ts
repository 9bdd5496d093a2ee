import type { GivenPrices } from '@hadal/middleware/price-of'
import { tenantOf } from '@hadal/middleware/tenant-of'
import type { BudgetLedger, Budgets, Refusal } from '@hadal/middleware/token-budget/ledger'
import { totalTokens } from '@hadal/middleware/token-usage'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { DatabaseBudgetLedger } from './database-budget-ledger.ts'
import { createSpendingMetrics } from './spending-metrics.ts'
import { SpendingWriter } from './spending-writer.ts'
import { UsageObserver } from './usage-observer.ts'

/** Part of the platform with which agents keep their model calls within their budgets. */
export interface PlatformBudgets {
  readonly tenant: (configurable: unknown) => string
  readonly budgets: Budgets
  readonly ledger: BudgetLedger
  readonly prices: GivenPrices
  readonly onRefusal: (refusal: Refusal) => void
}

export interface Spending {
  /** Budgets for the agents' middleware; undefined without a hard limit, so that no call needs a reservation. */
  readonly lent: PlatformBudgets | undefined
  /** Creates the observer that counts the model calls of one run. */
  observer(run: { tenant: string; threadId: string; runId: string }, log: Logger): UsageObserver
}

type BudgetVariables = Pick<ContainerVariables, Extract<keyof ContainerVariables, `BUDGET_${string}`> | 'MODEL_PRICES'>

const hardBudgets = (variables: BudgetVariables): Budgets => {
  const limit = (tokens?: number, usd?: number) =>
    tokens === undefined && usd === undefined ? undefined : { tokens, usd }
  return {
    run: limit(variables.BUDGET_RUN_TOKENS, variables.BUDGET_RUN_USD),
    thread: limit(variables.BUDGET_THREAD_TOKENS, variables.BUDGET_THREAD_USD),
    userPerDay: limit(variables.BUDGET_USER_DAY_TOKENS, variables.BUDGET_USER_DAY_USD),
    tenantPerDay: limit(variables.BUDGET_TENANT_DAY_TOKENS, variables.BUDGET_TENANT_DAY_USD),
  }
}

/**
 * Creates the feature that counts tokens and cost of this process's runs, and stops model calls that would exceed a budget.
 *
 * @param loops connections of the loops that serve all tenants
 */
export function createSpending(
  variables: BudgetVariables,
  pool: pg.Pool,
  loops: pg.Pool,
  registry: Registry,
  log: Logger,
): Spending {
  const budgets = hardBudgets(variables)
  const { MODEL_PRICES: prices = {} } = variables
  const metrics = createSpendingMetrics(registry, loops, budgets)
  const writer = new SpendingWriter(pool, (error, { threadId, runId, ...lost }) =>
    log.error({ err: error, thread_id: threadId, run_id: runId, ...lost }, 'usage_not_recorded'),
  )
  const ledger = new DatabaseBudgetLedger(pool, writer)
  const bounded = Object.values(budgets).some((limit) => limit !== undefined)
  return {
    lent: bounded ? { tenant: tenantOf, budgets, ledger, prices, onRefusal: metrics.onRefusal } : undefined,
    observer: (run, ofRun) =>
      new UsageObserver({
        writer,
        run: { tenant: run.tenant, threadId: run.threadId, runId: run.runId },
        log: ofRun,
        flush: () => ledger.flush(run.runId),
        onUsage: (model, usage, usd) => {
          metrics.onUsage(model, usage, usd)
          ledger.used(run.runId, totalTokens(usage))
        },
        warnSessionTokens: variables.BUDGET_WARN_SESSION_TOKENS,
        prices,
      }),
  }
}
