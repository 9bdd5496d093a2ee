import { hasOwnerAddress, hasSeparateRoles } from '@hadal/platform/database-roles'
import type { Environment } from '@hadal/platform/environment'
import { databaseHosts, ports, secretFile } from '@hadal/platform/names'
import type { SecretReference } from '@hadal/platform/secret-table'

/** User name and password of a database role. */
export interface Login {
  readonly username: string
  readonly password: string
}

/** Logins of the database's roles. In a database in the cluster, all are the same role if callers do not sign in, and the reader is the application. */
export interface DatabaseLogins {
  readonly database: string
  /** Database role that owns the database and migrates it. */
  readonly owner: Login
  /** Database role that reads and writes rows but can't change tables. */
  readonly application: Login
  /** Database role of the loops that serve all tenants. */
  readonly loops: Login
  /** Database role that reads rows. */
  readonly reader: Login
}

type DatabaseReference = Extract<SecretReference, `db-${string}`>

/** Values of the keys of `db-credentials` and of the logins of further roles. Keys that the environment does not have are missing. */
export function databaseAddresses(
  environment: Environment,
  { database, owner, application, loops, reader }: DatabaseLogins,
): Partial<Record<DatabaseReference, string>> {
  const { postgres } = environment
  const hosts = databaseHosts(environment)
  const address = (host: string, { username, password }: Login) =>
    `postgresql://${username}:${encodeURIComponent(password)}@${host}:${portOf(environment)}/${database}?${tlsOf(environment)}`
  return {
    'db-credentials/url': address(hosts.url, application),
    'db-credentials/direct-url': address(hosts.direct, application),
    ...(hosts.read && { 'db-credentials/read-url': address(hosts.read, reader) }),
    ...(hasSeparateRoles(environment) && { 'db-credentials/loops-url': address(hosts.url, loops) }),
    ...(hasOwnerAddress(environment) && { 'db-credentials/owner-url': address(hosts.direct, owner) }),
    ...(postgres.kind !== 'external' && {
      'db-credentials/username': owner.username,
      'db-credentials/password': owner.password,
    }),
    ...(postgres.kind !== 'external' &&
      hasSeparateRoles(environment) && {
        'db-application/username': application.username,
        'db-application/password': application.password,
        'db-loops/username': loops.username,
        'db-loops/password': loops.password,
      }),
  }
}

const portOf = ({ postgres }: Environment): number => (postgres.kind === 'external' ? postgres.port : ports.postgres)

/** TLS parameters of an address. The certificate and host name are verified, except on a standalone server, which has no certificate. */
function tlsOf({ postgres }: Environment): string {
  const verified = (authority?: SecretReference) =>
    `sslmode=verify-full${authority === undefined ? '' : `&sslrootcert=${secretFile(authority)}`}`
  switch (postgres.kind) {
    case 'cnpg':
      return verified('postgres-ca/ca.crt')
    case 'standalone':
      return 'sslmode=disable'
    case 'external':
      if (postgres.tls === 'disable') return 'sslmode=disable'
      return verified(postgres.privateCa ? 'database-ca/ca.crt' : undefined)
  }
}
