import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Backups reach back as far as what the server keeps: a thread that is still listed can be brought back as it was at any time of it. */
export function retention({ backup, retention: { checkpointDays } }: Environment): Problem[] {
  if (backup.kind === 'none' || checkpointDays <= backup.retentionDays) return []
  return [
    {
      path: 'retention.checkpointDays',
      value: checkpointDays,
      allowed: `Allowed is at most backup.retentionDays (${backup.retentionDays}).`,
      remedy: 'Lower it, or raise backup.retentionDays.',
    },
  ]
}
