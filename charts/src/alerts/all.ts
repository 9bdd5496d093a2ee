import { agentAbsent } from './agent-absent.ts'
import { agentAvailabilityBurn } from './agent-availability-burn.ts'
import { agentBackupFailed } from './agent-backup-failed.ts'
import { agentBackupLate } from './agent-backup-late.ts'
import { agentDatabaseAway } from './agent-database-away.ts'
import { agentPoolWaiters } from './agent-pool-waiters.ts'
import { agentQueueLate } from './agent-queue-late.ts'
import { agentRedisAway } from './agent-redis-away.ts'
import { agentRestarts } from './agent-restarts.ts'
import { agentRunFailures } from './agent-run-failures.ts'
import type { Alert } from './alert.ts'
import { apiAvailabilityBurn } from './api-availability-burn.ts'
import { apiKeysExpiring } from './api-keys-expiring.ts'
import { approvalsExpiring } from './approvals-expiring.ts'
import { certificateExpiry } from './certificate-expiry.ts'
import { deletionLogLate } from './deletion-log-late.ts'
import { inputAttacks } from './input-attacks.ts'
import { modelProviderAway } from './model-provider-away.ts'
import { postgresAbsent } from './postgres-absent.ts'
import { postgresBackupAge } from './postgres-backup-age.ts'
import { postgresBackupFailed } from './postgres-backup-failed.ts'
import { postgresCommitsHang } from './postgres-commits-hang.ts'
import { postgresPoolerWaiters } from './postgres-pooler-waiters.ts'
import { postgresReplicasMissing } from './postgres-replicas-missing.ts'
import { postgresReplicationLag } from './postgres-replication-lag.ts'
import { postgresWalArchiving } from './postgres-wal-archiving.ts'
import { readReplicasUnused } from './read-replicas-unused.ts'
import { redisAbsent } from './redis-absent.ts'
import { redisEvictions } from './redis-evictions.ts'
import { restoreDrillFailed } from './restore-drill-failed.ts'
import { restoreDrillLate } from './restore-drill-late.ts'
import { retentionLate } from './retention-late.ts'
import { runsUnderReview } from './runs-under-review.ts'
import { sandboxesUnavailable } from './sandboxes-unavailable.ts'
import { signInFailures } from './sign-in-failures.ts'
import { signInUnavailable } from './sign-in-unavailable.ts'
import { suspectEndsWorkers } from './suspect-ends-workers.ts'
import { tenantBudgetNearlyUsed } from './tenant-budget-nearly-used.ts'
import { volumeUsage } from './volume-usage.ts'
import { workersAbsent } from './workers-absent.ts'

/** Every alert. A new alert needs its file, its runbook and a line here. */
export const alerts: readonly Alert[] = [
  agentAbsent,
  workersAbsent,
  agentDatabaseAway,
  agentAvailabilityBurn,
  apiAvailabilityBurn,
  signInUnavailable,
  agentRunFailures,
  agentQueueLate,
  agentRestarts,
  suspectEndsWorkers,
  agentPoolWaiters,
  inputAttacks,
  signInFailures,
  apiKeysExpiring,
  agentRedisAway,
  approvalsExpiring,
  modelProviderAway,
  postgresAbsent,
  postgresReplicasMissing,
  postgresCommitsHang,
  postgresReplicationLag,
  readReplicasUnused,
  postgresWalArchiving,
  postgresBackupAge,
  postgresBackupFailed,
  agentBackupLate,
  agentBackupFailed,
  restoreDrillLate,
  restoreDrillFailed,
  runsUnderReview,
  deletionLogLate,
  postgresPoolerWaiters,
  redisAbsent,
  redisEvictions,
  sandboxesUnavailable,
  retentionLate,
  volumeUsage,
  certificateExpiry,
  tenantBudgetNearlyUsed,
]
