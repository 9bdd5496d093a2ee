import type { Environment } from '@hadal/platform/environment'
import type { ConfigurationDanger } from './configuration-danger.ts'

/**
 * Consequences of `protected: false`: every place that reads the field. The first ones take effect with this change, the last ones remove the
 * refusals of later changes.
 */
const consequences = [
  "the server accepts providers' keys in plain text, and its Secret with the encryption keys is removed unless access or encryption needs it",
  'database instances may run on the same node',
  'Pulumi may replace or delete the namespace, the database and the bucket for backups',
  'later changes may turn off backups, approvals and input validation, run a single instance, expose the API without access control, and set development: true, which allows connections without TLS',
]

/** Finds an environment that is no longer protected, and lists what that means. */
export function unprotected(before: Environment, after: Environment): ConfigurationDanger[] {
  if (!before.protected || after.protected) return []
  return [
    {
      rule: 'unprotected',
      field: 'protected',
      what: 'The environment is no longer protected.',
      why: `From now on ${consequences.join('; ')}.`,
    },
  ]
}
