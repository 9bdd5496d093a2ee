import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires that backups are kept at least as long as checkpoints, so that every listed thread can be restored to any time of its life. */
export function retention({ backup, retention: { checkpointDays } }: Environment): Problem[] {
  if (backup.kind === 'none' || checkpointDays <= backup.retentionDays) return []
  return [
    {
      path: 'retention.checkpointDays',
      value: checkpointDays,
      allowed: `Must be at most backup.retentionDays (${backup.retentionDays}).`,
      remedy: 'Lower it, or raise backup.retentionDays.',
    },
  ]
}
