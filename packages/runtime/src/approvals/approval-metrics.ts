import type { ApprovalDecision } from '@hadal/middleware/approvals/approval-answer'
import type pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import { createScrapeQuery } from '../metrics/create-scrape-query.ts'
import { type WaitingApprovals, waitingApprovals } from '../store/queries/waiting-approvals.ts'
import type { ApprovalObserver } from './database-approval-ledger.ts'

/** Kind of a person's decision on an approval request, or `expired` if the request expired without a decision: a label of the metrics. */
export type DecisionKind = ApprovalDecision['type'] | 'expired'

export interface ApprovalMetrics extends ApprovalObserver {
  onDecision(kind: DecisionKind): void
}

/** Registers the metrics of approvals. The gauges of waiting approvals are the same in all processes, so an alert takes the maximum. */
export function createApprovalMetrics(registry: Registry, pool: pg.Pool): ApprovalMetrics {
  const registers = [registry]
  const asked = new Counter({
    name: 'approvals_asked_total',
    help: 'Number of tool calls for which an approval was requested',
    registers,
  })
  const decided = new Counter({
    name: 'approvals_decided_total',
    help: 'Number of decisions on tool calls',
    labelNames: ['decision'],
    registers,
  })
  const refused = new Counter({
    name: 'approvals_refused_total',
    help: 'Number of answered tool calls that were not executed because the approval was not valid for them',
    labelNames: ['reason'],
    registers,
  })
  // PromQL's rate() needs the series to exist before its first increase.
  for (const decision of ['approve', 'edit', 'reject', 'respond', 'expired']) decided.inc({ decision }, 0)
  for (const reason of ['changed', 'used', 'expired', 'undecided', 'schema']) refused.inc({ reason }, 0)
  const queryWaiting = createScrapeQuery(() => waitingApprovals(pool))
  const gauge = (name: string, help: string, read: (waiting: WaitingApprovals) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // While the database is unavailable, the last known value would be wrong.
        const known = await queryWaiting()
        this.set(known ? read(known) : Number.NaN)
      },
    })
  }
  gauge('approvals_waiting', 'Number of tool calls that wait for an approval', ({ count }) => count)
  gauge(
    'approval_waiting_seconds',
    'Seconds since the oldest waiting approval was requested',
    ({ oldestSeconds }) => oldestSeconds,
  )
  gauge(
    'approval_time_used_ratio',
    'Maximum used share of the time for an answer over all waiting approvals',
    ({ timeUsed }) => timeUsed,
  )
  return {
    onAsk: () => asked.inc(),
    onDecision: (decision) => decided.inc({ decision }),
    onRefusal: (reason) => refused.inc({ reason }),
  }
}
