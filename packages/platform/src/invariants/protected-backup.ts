import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires backups of a protected environment. Replicas repeat a mistaken DELETE within milliseconds; only a backup can undo it. */
export function protectedBackup(environment: Environment): Problem[] {
  if (!environment.protected || environment.backup.kind !== 'none') return []
  return [
    {
      path: 'backup.kind',
      value: environment.backup.kind,
      allowed: 'A protected environment must have backups.',
      remedy: 'Write backup: { kind: "s3", bucket: "…" }.',
    },
  ]
}
