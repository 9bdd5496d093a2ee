import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { RunCounts } from '../store/queries/run-counts.ts'
import { Refusal } from './refusal.ts'

/** Limits of the runs of a tenant and of a user. */
export interface TenantLimits {
  /** Maximum numbers of runs that workers execute at the same time. */
  readonly running: RunCounts
  /** Maximum numbers of runs that wait. */
  readonly waiting: RunCounts
}

type LimitVariables = Pick<
  ContainerVariables,
  'TENANT_LIMIT_RUNNING' | 'USER_LIMIT_RUNNING' | 'TENANT_LIMIT_WAITING' | 'USER_LIMIT_WAITING'
>

export const tenantLimits = (variables: LimitVariables): TenantLimits => ({
  running: { perTenant: variables.TENANT_LIMIT_RUNNING || null, perUser: variables.USER_LIMIT_RUNNING || null },
  waiting: { perTenant: variables.TENANT_LIMIT_WAITING || null, perUser: variables.USER_LIMIT_WAITING || null },
})

/** The 429 error for a run of a tenant or a user with the maximum number of waiting runs. */
export function fullQueue(whose: 'tenant' | 'user', { waiting }: TenantLimits): Refusal {
  const [who, most, field] =
    whose === 'tenant'
      ? ['Your tenant has', waiting.perTenant, 'limits.queuedRunsPerTenant']
      : ['You have', waiting.perUser, 'limits.queuedRunsPerUser']
  return new Refusal(
    429,
    `${who} ${most} waiting runs, the maximum of ${field}. The run was not accepted. Send it again when runs have ended, or cancel waiting runs: POST /runs/cancel.`,
    { code: 'queue_full' },
  )
}
