import { type Alert, nothing } from './alert.ts'
import { metrics, series } from './metrics.ts'

/** Percentage of a tenant's daily budget above which the alert fires. */
const usedPercent = 90

export const tenantBudgetNearlyUsed: Alert = {
  name: 'TenantBudgetNearlyUsed',
  summary: `A tenant has used more than ${usedPercent} % of its daily budget`,
  description: "When the budget is used up, the tenant's runs end with BudgetExceeded until midnight UTC.",
  concerns: ({ budgets }) => budgets.tenantPerDay !== undefined,
  rules: (environment) => [
    {
      expr: `max by (tenant, unit) (${series(environment, metrics.budgetUsed)}) > ${usedPercent / 100}`,
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const used = (percent: number, tenant = 'default') => ({
      series: series(environment, metrics.budgetUsed, { pod: 'a', tenant, unit: 'usd' }),
      values: `${percent / 100}x30`,
    })
    return {
      fires: {
        samples: [used(usedPercent + 1), used(10, 'other')],
        at: '10m',
        firing: [{ tenant: 'default', unit: 'usd' }],
      },
      justUnder: nothing('10m', [used(usedPercent)]),
      noData: nothing('10m'),
    }
  },
  outages: () => ({
    'an agent of a tenant calls models without end': {
      changed: [{ metric: metrics.budgetUsed, labels: { tenant: 'default' }, values: '0.5+0.01x60' }],
      at: '60m',
      firing: [{ labels: { tenant: 'default', unit: 'usd' } }],
    },
  }),
}
