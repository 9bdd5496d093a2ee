import type { ChecklistItem } from './checklist-item.ts'
import { approvals } from './items/approvals.ts'
import { autoscaling } from './items/autoscaling.ts'
import { backupSchedule } from './items/backup-schedule.ts'
import { escalationPath } from './items/escalation-path.ts'
import { health } from './items/health.ts'
import { incidentResponse } from './items/incident-response.ts'
import { inputValidation } from './items/input-validation.ts'
import { modelRouting } from './items/model-routing.ts'
import { operationsRunbook } from './items/operations-runbook.ts'
import { postgresCheckpointer } from './items/postgres-checkpointer.ts'
import { prometheus } from './items/prometheus.ts'
import { rateLimiting } from './items/rate-limiting.ts'
import { redisCache } from './items/redis-cache.ts'
import { secrets } from './items/secrets.ts'
import { slo } from './items/slo.ts'
import { structuredLogs } from './items/structured-logs.ts'
import { tls } from './items/tls.ts'
import { tokenMonitoring } from './items/token-monitoring.ts'
import { tracing } from './items/tracing.ts'

/** All items of the production guide's checklist, in its order: eight required, seven recommended, four documents. */
export const checklist: readonly ChecklistItem[] = [
  postgresCheckpointer,
  secrets,
  approvals,
  inputValidation,
  structuredLogs,
  health,
  rateLimiting,
  tls,
  tracing,
  prometheus,
  redisCache,
  autoscaling,
  backupSchedule,
  modelRouting,
  tokenMonitoring,
  operationsRunbook,
  incidentResponse,
  escalationPath,
  slo,
]
