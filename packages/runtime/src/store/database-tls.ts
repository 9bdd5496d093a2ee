import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { VerifiedTls } from './database-connection.ts'

/** Returns the TLS settings for every database connection of a process; undefined if the TLS parameters of the database's address decide. */
export const databaseTls = ({
  DATABASE_TLS,
  DATABASE_CA_FILE,
}: Pick<ContainerVariables, 'DATABASE_TLS' | 'DATABASE_CA_FILE'>): VerifiedTls | undefined =>
  DATABASE_TLS === 'verify' ? { caFile: DATABASE_CA_FILE } : undefined
