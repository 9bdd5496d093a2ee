import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Percentage of the time for an answer after which the alert about a waiting approval fires. */
const usedPercent = 80

export const approvalsExpiring: Alert = {
  name: 'ApprovalsExpiring',
  summary: 'A tool call will soon be rejected, because nobody has decided on its approval',
  description: `A tool call has waited for approval for more than ${usedPercent} % of the time limit (approvals.expireHours). After the limit it counts as rejected, and the agent continues without it.`,
  concerns: ({ approvals }) => approvals.enabled,
  rules: (environment) => [
    {
      expr: `max by (job) (${series(environment, metrics.approvalTimeUsed)}) > ${usedPercent / 100}`,
      for: '5m',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const used = (share: number) => ({
      series: series(environment, metrics.approvalTimeUsed, { pod: 'a' }),
      values: `${share}x30`,
    })
    return {
      fires: { samples: [used(usedPercent / 100 + 0.01)], at: '10m', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('10m', [used(usedPercent / 100)]),
      noData: nothing('10m'),
    }
  },
  outages: (environment) => ({
    'nobody answers a request for approval': {
      changed: [{ metric: metrics.approvalTimeUsed, values: '0+0.02x60' }],
      at: '55m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
