import type { ApprovalLedger } from '@hadal/middleware/approvals/approval-ledger'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type pg from 'pg'
import type { Registry } from 'prom-client'
import type { TenantPools } from '../store/tenant-pools.ts'
import { createApprovalMetrics, type DecisionKind } from './approval-metrics.ts'
import { DatabaseApprovalLedger } from './database-approval-ledger.ts'

/** Part of the platform that agents use for approvals. */
export interface PlatformApprovals {
  /** Whether tool calls request approval. If not, requests that already exist still wait for their answers. */
  readonly enabled: boolean
  readonly expirySeconds: number
  readonly ledger: ApprovalLedger
}

export interface Approvals {
  readonly lent: PlatformApprovals
  /** Counts in the metrics a person's decision on a tool call that waited for approval. */
  readonly onDecision: (kind: DecisionKind) => void
}

/**
 * Creates the approvals of this process: the ledger in the database, and the metrics.
 *
 * @param loops connections of the loops that serve all tenants
 */
export function createApprovals(
  variables: Pick<ContainerVariables, 'APPROVALS_ENABLED' | 'APPROVAL_EXPIRY_SECONDS'>,
  pools: TenantPools,
  loops: pg.Pool,
  registry: Registry,
): Approvals {
  const metrics = createApprovalMetrics(registry, loops)
  return {
    lent: {
      enabled: variables.APPROVALS_ENABLED,
      expirySeconds: variables.APPROVAL_EXPIRY_SECONDS,
      ledger: new DatabaseApprovalLedger(pools, metrics),
    },
    onDecision: metrics.onDecision,
  }
}
