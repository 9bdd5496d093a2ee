import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Percentage of the time for an answer after which the alert about a waiting approval fires. */
const usedPercent = 80

export const approvalsExpiring: Alert = {
  name: 'ApprovalsExpiring',
  summary: 'A call that waits for approval is about to be rejected unanswered',
  description: `Nobody has answered an agent's question for ${usedPercent} % of the time that the environment gives for it. When it is over, the call counts as rejected, and the agent goes on without it.`,
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
