import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { VerifiedTls } from '../store/database-connection.ts'
import { databaseTls } from '../store/database-tls.ts'

/** Returns the database with the role that owns the tables, which reads and writes the rows of all tenants. */
export const ownerDatabase = (
  variables: ContainerVariables,
): { readonly url: string; readonly tls: VerifiedTls | undefined } => ({
  url: variables.DATABASE_OWNER_URL ?? variables.DATABASE_DIRECT_URL ?? variables.DATABASE_URL,
  tls: databaseTls(variables),
})
