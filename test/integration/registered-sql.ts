import type { RecordedResource } from '@hadal/infra/fixtures/recorded-stack'
import pg from 'pg'

/** An SQL statement with the database in which it must run; without `database`, any database. */
export interface Statement {
  readonly sql: string
  readonly database?: string
}

type Inputs = Readonly<Record<string, unknown>>

/**
 * The SQL with which the PostgreSQL provider creates the roles, databases and grants that a Pulumi program registered, in their order, by the
 * documented meaning of each resource.
 */
export function registeredSql(resources: readonly RecordedResource[]): Statement[] {
  return resources.flatMap(({ type, inputs }) => {
    switch (type) {
      case 'postgresql:index/role:Role':
        return [{ sql: roleSql(inputs) }]
      case 'postgresql:index/database:Database':
        return [{ sql: databaseSql(inputs) }]
      case 'postgresql:index/schema:Schema':
        return [
          onDatabase(inputs, `CREATE SCHEMA IF NOT EXISTS ${name(inputs.name)} AUTHORIZATION ${name(inputs.owner)}`),
        ]
      case 'postgresql:index/grant:Grant':
        return grantSql(inputs)
      case 'postgresql:index/defaultPrivileges:DefaultPrivileges':
        return defaultPrivilegesSql(inputs)
      default:
        if (type.startsWith('postgresql:'))
          throw new Error(`Unknown resource type ${type}. Add its SQL to registeredSql.`)
        return []
    }
  })
}

function roleSql({ name: role, login, password, connectionLimit = -1, ...rights }: Inputs): string {
  const options = [
    login === true ? 'LOGIN' : 'NOLOGIN',
    rights.superuser === true ? 'SUPERUSER' : 'NOSUPERUSER',
    rights.createDatabase === true ? 'CREATEDB' : 'NOCREATEDB',
    rights.createRole === true ? 'CREATEROLE' : 'NOCREATEROLE',
    rights.bypassRowLevelSecurity === true ? 'BYPASSRLS' : 'NOBYPASSRLS',
    `CONNECTION LIMIT ${Number(connectionLimit)}`,
    ...(password === undefined ? [] : [`PASSWORD ${pg.escapeLiteral(String(password))}`]),
  ]
  return `CREATE ROLE ${name(role)} ${options.join(' ')}`
}

const databaseSql = ({ name: database, owner, encoding, connectionLimit = -1 }: Inputs): string =>
  `CREATE DATABASE ${name(database)} OWNER ${name(owner)} TEMPLATE template0 ENCODING ${pg.escapeLiteral(String(encoding))} CONNECTION LIMIT ${Number(connectionLimit)}`

/** SQL that first revokes all privileges, as the PostgreSQL provider does, so that exactly the granted ones remain. */
function grantSql(inputs: Inputs): Statement[] {
  const object =
    inputs.objectType === 'database' ? `DATABASE ${name(inputs.database)}` : `SCHEMA ${name(inputs.schema)}`
  return given(inputs, `ON ${object}`, '')
}

function defaultPrivilegesSql(inputs: Inputs): Statement[] {
  return given(
    inputs,
    `ON ${String(inputs.objectType).toUpperCase()}S`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${name(inputs.owner)} `,
  )
}

function given(inputs: Inputs, object: string, prefix: string): Statement[] {
  const role = inputs.role === 'public' ? 'PUBLIC' : name(inputs.role)
  const privileges = Array.isArray(inputs.privileges) ? inputs.privileges.map(String) : []
  return [
    onDatabase(inputs, `${prefix}REVOKE ALL PRIVILEGES ${object} FROM ${role}`),
    ...(privileges.length > 0
      ? [onDatabase(inputs, `${prefix}GRANT ${privileges.join(', ')} ${object} TO ${role}`)]
      : []),
  ]
}

const onDatabase = ({ database }: Inputs, sql: string): Statement => ({ sql, database: String(database) })
const name = (value: unknown): string => pg.escapeIdentifier(String(value))
