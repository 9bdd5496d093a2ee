import { hasSeparateRoles } from '@hadal/platform/database-roles'
import type { Environment } from '@hadal/platform/environment'
import { postgresNames, secretFile } from '@hadal/platform/names'

/** Secrets with the logins of the roles besides the owner. The migration grants their rights. */
const otherLogins = ['db-application', 'db-loops'] as const

/** SQL that reads the login of a role into the variables `role` and `secret`, creates the role if it is missing, and sets its password. */
const role = (login: 'db-credentials' | (typeof otherLogins)[number]): string => `\
\\set role \`cat ${secretFile(`${login}/username`)}\`
\\set secret \`cat ${secretFile(`${login}/password`)}\`
SELECT format('CREATE ROLE %I LOGIN', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \\gexec
ALTER ROLE :"role" PASSWORD :'secret';
`

/**
 * Script that the official image runs once, on an empty volume. It creates the database with an owner that is not a superuser, as the
 * other kinds have it: row-level security doesn't apply to superusers. If callers sign in, it also creates the roles to which it applies. Afterwards no
 * superuser can sign in over the network. A person may run the script again, to add roles or to set changed passwords.
 */
export const makeDatabase = (environment: Environment): string => `set -eu
psql --no-psqlrc --quiet --username postgres --dbname postgres --set ON_ERROR_STOP=1 --set database=${postgresNames.database} <<'SQL'
${role('db-credentials')}\
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'role') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \\gexec
${hasSeparateRoles(environment) ? otherLogins.map(role).join('') : ''}\
ALTER ROLE postgres PASSWORD NULL;
SQL
`
