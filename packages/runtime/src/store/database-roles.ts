import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { DatabaseRoles } from './grant-roles.ts'

type Addresses = Pick<ContainerVariables, 'DATABASE_URL' | 'DATABASE_LOOPS_URL'>

const userOf = (url: string): string => {
  const address = new URL(url)
  return decodeURIComponent(address.username) || (address.searchParams.get('user') ?? '')
}

/** Returns the roles of a server's addresses; undefined if an address has no user name. */
export function databaseRoles({
  DATABASE_URL,
  DATABASE_LOOPS_URL = DATABASE_URL,
}: Addresses): DatabaseRoles | undefined {
  const roles = { application: userOf(DATABASE_URL), loops: userOf(DATABASE_LOOPS_URL) }
  return roles.application && roles.loops ? roles : undefined
}

/** Whether the application and the loops have roles of their own, so that row-level security separates the tenants. */
export function rolesAreSeparate(addresses: Addresses): boolean {
  const roles = databaseRoles(addresses)
  return roles !== undefined && roles.application !== roles.loops
}
