import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires encrypted backups of an environment whose data must be encrypted: a backup also contains what no column encrypts, such as metadata. */
export function encryptedBackups({ backup, encryption }: Environment): Problem[] {
  if (encryption !== 'required' || backup.kind === 'none' || backup.archive.recipients.length > 0) return []
  return [
    {
      path: 'backup.archive.recipients',
      value: backup.archive.recipients,
      allowed: 'Must have an age recipient, because encryption is "required".',
      remedy: 'Run age-keygen, keep the identity outside of the cluster too, and write its public key (age1…) here.',
    },
  ]
}
