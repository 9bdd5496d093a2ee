import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/**
 * Requires that backups are kept at least as long as checkpoints, so that every listed thread can be restored to any time of its life, and that no
 * thread is deleted before an approval that it waits for expires. The log of deletions is kept as long as the archive, and a recovery to a point in time
 * needs it.
 */
export function retention(environment: Environment): Problem[] {
  const {
    approvals,
    retention: { checkpointDays, threads },
  } = environment
  const problems: Problem[] = []
  const longest = longestBackup(environment)
  if (longest && checkpointDays > longest.days)
    problems.push({
      path: 'retention.checkpointDays',
      value: checkpointDays,
      allowed: `Must be at most ${longest.path} (${longest.days}).`,
      remedy: `Lower it, or raise ${longest.path}.`,
    })
  const { backup, postgres } = environment
  if (backup.kind === 's3' && postgres.kind === 'cnpg' && backup.retentionDays > backup.archive.retentionDays)
    problems.push({
      path: 'backup.archive.retentionDays',
      value: backup.archive.retentionDays,
      allowed: `Must be at least backup.retentionDays (${backup.retentionDays}): the log of deletions is kept as long as the archive, and a recovery to an earlier time would bring deleted threads and users back.`,
      remedy: 'Raise it, or lower backup.retentionDays.',
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

/** The field that decides how long the oldest backup is kept. Only CloudNativePG has backups of its own kind. */
function longestBackup({
  backup,
  postgres,
}: Environment): { readonly path: string; readonly days: number } | undefined {
  if (backup.kind === 'none') return undefined
  const { archive, retentionDays } = backup
  return postgres.kind === 'cnpg' && retentionDays >= archive.retentionDays
    ? { path: 'backup.retentionDays', days: retentionDays }
    : { path: 'backup.archive.retentionDays', days: archive.retentionDays }
}
