import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/**
 * Requires that backups are kept at least as long as checkpoints, so that every listed thread can be restored to any time of its life, and that no
 * thread is deleted before an approval that it waits for expires.
 */
export function retention({ approvals, backup, retention: { checkpointDays, threads } }: Environment): Problem[] {
  const problems: Problem[] = []
  if (backup.kind === 's3' && checkpointDays > backup.retentionDays)
    problems.push({
      path: 'retention.checkpointDays',
      value: checkpointDays,
      allowed: `Must be at most backup.retentionDays (${backup.retentionDays}).`,
      remedy: 'Lower it, or raise backup.retentionDays.',
    })
  const approvalMinutes = approvals.expireHours * 60
  if (approvals.enabled && threads?.strategy === 'delete' && threads.minutes < approvalMinutes)
    problems.push({
      path: 'retention.threads.minutes',
      value: threads.minutes,
      allowed: `Must be at least ${approvalMinutes}: a tool call may wait for its approval for ${approvals.expireHours} hours (approvals.expireHours), and its thread would be deleted before.`,
      remedy: `Raise it to ${approvalMinutes} or more, lower approvals.expireHours, or use the strategy "keep_latest".`,
    })
  return problems
}
