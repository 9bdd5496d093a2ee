import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Replicas repeat a mistaken DELETE within milliseconds; only a backup undoes it. */
export function protectedBackup(environment: Environment): Problem[] {
  if (!environment.protected || environment.backup.kind !== 'none') return []
  return [
    {
      path: 'backup.kind',
      value: environment.backup.kind,
      allowed: 'A protected environment has backups.',
      remedy: 'Write backup: { kind: "s3", bucket: "…" }.',
    },
  ]
}
