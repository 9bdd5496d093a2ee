import { agentAbsent } from './agent-absent.ts'
import { agentAvailabilityBurn } from './agent-availability-burn.ts'
import { agentPoolWaiters } from './agent-pool-waiters.ts'
import { agentQueueLate } from './agent-queue-late.ts'
import { agentRestarts } from './agent-restarts.ts'
import { agentRunFailures } from './agent-run-failures.ts'
import type { Alert } from './alert.ts'

/** Every alert. A new one is its file, its runbook and a line here. */
export const alerts: readonly Alert[] = [
  agentAbsent,
  agentAvailabilityBurn,
  agentRunFailures,
  agentQueueLate,
  agentRestarts,
  agentPoolWaiters,
]
