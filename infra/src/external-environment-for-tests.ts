import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundInput } from '@hadal/platform/environment-for-tests'

/** A database that somebody else runs. */
export const externalPostgres = {
  kind: 'external',
  host: 'db.example.com',
  addresses: ['192.0.2.0/28'],
  maxConnections: 2000,
} as const satisfies EnvironmentInput['postgres']

/** The same, protected, with everything that this program makes. */
export const soundProtectedInput = {
  ...soundInput,
  protected: true,
  postgres: externalPostgres,
  redis: { kind: 'external', mode: 'single', host: 'redis.example.com', addresses: ['192.0.2.0/28'] },
  backup: { kind: 's3', bucket: 'backups' },
} as const satisfies EnvironmentInput
