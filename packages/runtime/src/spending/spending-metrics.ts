import { type Budgets, type Refusal, scopes } from '@hadal/middleware/token-budget/ledger'
import type { TokenUsage } from '@hadal/middleware/token-usage'
import type pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import { createBoundedLabel, mostLabelValues } from '../metrics/create-bounded-label.ts'
import { createScrapeQuery } from '../metrics/create-scrape-query.ts'
import { nano, tenantsToday } from '../store/queries/spending.ts'

export interface SpendingMetrics {
  /** @param usd cost of the model call in US dollars; undefined if the model has no price */
  onUsage(model: string, usage: TokenUsage, usd: number | undefined): void
  onRefusal(refusal: Refusal): void
}

/** Registers the metrics of tokens and cost. The usage of tenants is the same in all processes, so an alert takes the maximum. */
export function createSpendingMetrics(registry: Registry, pool: pg.Pool, budgets: Budgets): SpendingMetrics {
  const registers = [registry]
  const queryTenants = createScrapeQuery(() => tenantsToday(pool, mostLabelValues))
  const tokens = new Counter({
    name: 'llm_tokens_total',
    help: 'Number of tokens of model calls; each token counts in one kind only',
    labelNames: ['model', 'kind'],
    registers,
  })
  const cost = new Counter({
    name: 'llm_cost_usd_total',
    help: 'Cost of model calls by list price, in US dollars',
    labelNames: ['model'],
    registers,
  })
  const unpriced = new Counter({
    name: 'llm_unpriced_tokens_total',
    help: 'Number of tokens of models without a price, whose cost is not counted',
    labelNames: ['model'],
    registers,
  })
  const refusals = new Counter({
    name: 'budget_refusals_total',
    help: 'Number of model calls that were refused because they would exceed a budget',
    labelNames: ['scope', 'unit'],
    registers,
  })
  // PromQL's rate() needs the series to exist before its first increase.
  for (const scope of scopes) {
    for (const unit of ['tokens', 'usd']) refusals.inc({ scope, unit }, 0)
  }
  new Gauge({
    name: 'budget_used_ratio',
    help: "Used share of the tenant's daily budget, for the tenants with the highest use",
    labelNames: ['tenant', 'unit'],
    registers,
    async collect() {
      const { tokens: mostTokens, usd: mostUsd } = budgets.tenantPerDay ?? {}
      if (mostTokens === undefined && mostUsd === undefined) return
      const tenants = (await queryTenants()) ?? []
      this.reset()
      for (const { tenant, ...used } of tenants) {
        if (mostTokens !== undefined) this.set({ tenant, unit: 'tokens' }, used.tokens / mostTokens)
        if (mostUsd !== undefined) this.set({ tenant, unit: 'usd' }, used.nanoUsd / nano / mostUsd)
      }
    },
  })
  const bounded = createBoundedLabel()
  return {
    onUsage(name, usage, usd) {
      const model = bounded(name)
      const kinds = {
        input: usage.input,
        cache_read: usage.cacheRead,
        cache_creation: usage.cacheCreation,
        output: usage.output,
        reasoning: usage.reasoning,
      }
      for (const [kind, count] of Object.entries(kinds)) tokens.inc({ model, kind }, count)
      if (usd !== undefined) return cost.inc({ model }, usd)
      unpriced.inc(
        { model },
        Object.values(kinds).reduce((sum, count) => sum + count, 0),
      )
    },
    onRefusal: ({ scope, unit }) => refusals.inc({ scope, unit }),
  }
}
