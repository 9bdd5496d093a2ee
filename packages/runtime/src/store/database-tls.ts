import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { VerifiedTls } from './database-connection.ts'

/** What the database's connections must have, of every process of the program. */
export const databaseTls = ({
  DATABASE_TLS,
  DATABASE_CA_FILE,
}: Pick<ContainerVariables, 'DATABASE_TLS' | 'DATABASE_CA_FILE'>): VerifiedTls | undefined =>
  DATABASE_TLS === 'verify' ? { caFile: DATABASE_CA_FILE } : undefined
