import type pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { DecisionKind } from './runs/decide-approvals.ts'
import type { ApprovalObserver } from './store/approval-ledger.ts'
import { waitingApprovals } from './store/queries/waiting-approvals.ts'

export interface ApprovalMetrics extends ApprovalObserver {
  decided(kind: DecisionKind): void
}

/** What Prometheus may ask about approvals. What waits is the same in all processes: an alert takes the greatest. */
export function createApprovalMetrics(registry: Registry, pool: pg.Pool): ApprovalMetrics {
  const registers = [registry]
  const asked = new Counter({
    name: 'approvals_asked_total',
    help: 'Calls of tools that a person was asked about',
    registers,
  })
  const decided = new Counter({
    name: 'approvals_decided_total',
    help: 'Decisions on calls of tools',
    labelNames: ['decision'],
    registers,
  })
  const refused = new Counter({
    name: 'approvals_refused_total',
    help: 'Approved calls that were not executed, since the approval did not hold for them',
    labelNames: ['reason'],
    registers,
  })
  // A rate needs the series to be there before its first increase.
  for (const decision of ['approve', 'edit', 'reject', 'respond', 'expired']) decided.inc({ decision }, 0)
  for (const reason of ['changed', 'used', 'expired', 'undecided']) refused.inc({ reason }, 0)
  const oldest = new Gauge({
    name: 'approval_waiting_seconds',
    help: 'How long the oldest question has waited for its answer',
    registers,
  })
  const timeUsed = new Gauge({
    name: 'approval_time_used_ratio',
    help: 'The greatest share of its time for an answer that a waiting question has used up',
    registers,
  })
  new Gauge({
    name: 'approvals_waiting',
    help: 'Calls of tools that wait for a person',
    registers,
    async collect() {
      const waiting = await waitingApprovals(pool).catch(() => undefined)
      // While the database is away, what it said last would be a lie.
      this.set(waiting?.count ?? Number.NaN)
      oldest.set(waiting?.oldestSeconds ?? Number.NaN)
      timeUsed.set(waiting?.timeUsed ?? Number.NaN)
    },
  })
  return {
    asked: () => asked.inc(),
    decided: (decision) => decided.inc({ decision }),
    refused: (reason) => refused.inc({ reason }),
  }
}
