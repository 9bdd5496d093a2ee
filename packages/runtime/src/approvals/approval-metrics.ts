import type { ApprovalDecision } from '@hadal/middleware/approvals/approval-answer'
import type pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import { type WaitingApprovals, waitingApprovals } from '../store/queries/waiting-approvals.ts'
import type { ApprovalObserver } from './database-approval-ledger.ts'

/** How a question ended. */
export type DecisionKind = ApprovalDecision['type'] | 'expired'

export interface ApprovalMetrics extends ApprovalObserver {
  onDecision(kind: DecisionKind): void
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
  for (const reason of ['changed', 'used', 'expired', 'undecided', 'schema']) refused.inc({ reason }, 0)
  // prom-client asks all metrics at the same time: each reads what is its own from the one query of the scrape.
  let scrape: Promise<WaitingApprovals | undefined> | undefined
  const waiting = (): Promise<WaitingApprovals | undefined> => {
    scrape ??= waitingApprovals(pool)
      .catch(() => undefined)
      .finally(() => {
        scrape = undefined
      })
    return scrape
  }
  const gauge = (name: string, help: string, read: (waiting: WaitingApprovals) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // While the database is away, the last known value would be wrong.
        const known = await waiting()
        this.set(known ? read(known) : Number.NaN)
      },
    })
  }
  gauge('approvals_waiting', 'Calls of tools that wait for a person', ({ count }) => count)
  gauge(
    'approval_waiting_seconds',
    'How long the oldest question has waited for its answer',
    ({ oldestSeconds }) => oldestSeconds,
  )
  gauge(
    'approval_time_used_ratio',
    'The greatest share of its time for an answer that a waiting question has used up',
    ({ timeUsed }) => timeUsed,
  )
  return {
    onAsk: () => asked.inc(),
    onDecision: (decision) => decided.inc({ decision }),
    onRefusal: (reason) => refused.inc({ reason }),
  }
}
