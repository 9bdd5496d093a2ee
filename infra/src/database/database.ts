import { hasSeparateRoles } from '@hadal/platform/database-roles'
import type { Environment } from '@hadal/platform/environment'
import * as postgresql from '@pulumi/postgresql'
import * as pulumi from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import { dataOptions } from '../data-options.ts'
import { connectionLimits } from './connection-limits.ts'
import { databaseNames, ownSchemas, sharedSchema } from './database-names.ts'

/** Credential that creates the roles and the database. It needs the rights CREATEROLE and CREATEDB, and no superuser. */
export interface DatabaseAdmin {
  readonly username: pulumi.Input<string>
  readonly password: pulumi.Input<string>
  readonly database: pulumi.Input<string>
  /** Path of the CA file that verifies the certificate of the database server. Default: the system's CAs. */
  readonly caFile: string | undefined
}

export interface DatabaseArgs {
  readonly environment: Environment
  readonly admin: DatabaseAdmin
  /** Rotation text of the database passwords. A changed text creates new passwords of the roles. */
  readonly rotation: string
}

export interface DatabasePasswords {
  readonly owner: pulumi.Output<string>
  readonly application: pulumi.Output<string>
  readonly loops: pulumi.Output<string>
  readonly reader: pulumi.Output<string>
}

const rows = ['SELECT', 'INSERT', 'UPDATE', 'DELETE']

/**
 * Component with an environment's database on an external server and its roles: an owner for migrations, an application role that reads and writes
 * rows of one tenant at a time but can't change tables, one for the loops that serve all tenants, and a reader. The default rights of PUBLIC are
 * revoked, so that no other role can connect. Row-level security, which separates tenants, is created by the migrations.
 */
export class Database extends pulumi.ComponentResource {
  declare readonly passwords: DatabasePasswords
  declare readonly database: pulumi.Output<string>

  constructor(name: string, { environment, admin, rotation }: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super('hadal:database:Database', name, {}, opts)
    const { postgres } = environment
    if (postgres.kind !== 'external')
      throw new Error(
        `postgres.kind of "${environment.name}" is "${postgres.kind}", but Pulumi creates a database and roles only for "external". Create the component Database only for that kind.`,
      )

    const provider = new postgresql.Provider(
      name,
      {
        host: postgres.host,
        port: postgres.port,
        sslmode: postgres.tls,
        sslrootcert: admin.caFile,
        username: admin.username,
        password: admin.password,
        database: admin.database,
        superuser: false,
        // One connection, because two concurrent GRANTs on one object fail with "tuple concurrently updated".
        maxConnections: 1,
      },
      { parent: this },
    )
    const options = { parent: this, provider }
    const names = databaseNames(environment)
    const limits = connectionLimits(environment)
    const kept = dataOptions(environment)

    const passwordOf = (role: string) =>
      // Only letters and digits, because the password is part of URLs.
      new random.RandomPassword(
        `${name}-${role}`,
        { length: 40, special: false, keepers: { rotation } },
        { parent: this },
      ).result
    this.passwords = {
      owner: passwordOf('owner'),
      application: passwordOf('application'),
      loops: passwordOf('loops'),
      reader: passwordOf('reader'),
    }

    const owner = new postgresql.Role(
      'owner',
      { name: names.owner, login: true, password: this.passwords.owner, connectionLimit: limits.owner },
      { ...options, ...kept },
    )
    const application = new postgresql.Role(
      'application',
      {
        name: names.application,
        login: true,
        password: this.passwords.application,
        connectionLimit: limits.application,
      },
      options,
    )
    // Without sign-in there is one tenant, and the application's role serves the loops too.
    const loops = hasSeparateRoles(environment)
      ? new postgresql.Role(
          'loops',
          { name: names.loops, login: true, password: this.passwords.loops, connectionLimit: limits.loops },
          options,
        )
      : undefined
    // Without a replica no one gets the reader's address. An administrator can still make a role its member.
    const login = postgres.readHost !== undefined
    const reader = new postgresql.Role(
      'reader',
      login
        ? { name: names.reader, login, password: this.passwords.reader, connectionLimit: limits.reader }
        : { name: names.reader, login },
      options,
    )

    const database = new postgresql.Database(
      'database',
      { name: names.database, owner: owner.name, encoding: 'UTF8', connectionLimit: limits.database },
      { ...options, ...kept },
    )
    this.database = database.name

    const ofDatabase = (role: pulumi.Input<string>, title: string, privileges: string[]) =>
      new postgresql.Grant(title, { database: database.name, objectType: 'database', role, privileges }, options)
    ofDatabase('public', 'public-database', [])
    ofDatabase(application.name, 'application-database', ['CONNECT'])
    if (loops) ofDatabase(loops.name, 'loops-database', ['CONNECT'])
    ofDatabase(reader.name, 'reader-database', ['CONNECT'])

    const ofSchema = (
      schema: pulumi.Input<string>,
      schemaName: string,
      grantee: string,
      role: pulumi.Input<string>,
      privileges: string[],
    ) =>
      new postgresql.Grant(
        `${grantee}-${schemaName}`,
        { database: database.name, objectType: 'schema', schema, role, privileges },
        options,
      )
    const openToRoles = (schema: pulumi.Input<string>, schemaName: string) => {
      ofSchema(schema, schemaName, 'public', 'public', [])
      ofSchema(schema, schemaName, 'application', application.name, ['USAGE'])
      if (loops) ofSchema(schema, schemaName, 'loops', loops.name, ['USAGE'])
      ofSchema(schema, schemaName, 'reader', reader.name, ['USAGE'])
    }
    openToRoles(sharedSchema, sharedSchema)
    // Since PostgreSQL 15 the owner of a database also owns this schema. Before, it got this right from PUBLIC.
    ofSchema(sharedSchema, sharedSchema, 'owner', owner.name, ['CREATE', 'USAGE'])
    for (const schemaName of ownSchemas) {
      const schema = new postgresql.Schema(
        schemaName,
        { name: schemaName, database: database.name, owner: owner.name },
        { ...options, ...kept },
      )
      openToRoles(schema.name, schemaName)
    }

    /** Grants rights on objects that the owner's migrations will create, in any schema. */
    const byDefault = (role: pulumi.Input<string>, title: string, objectType: string, privileges: string[]) =>
      new postgresql.DefaultPrivileges(
        `${title}-${objectType}s`,
        { database: database.name, owner: owner.name, objectType, role, privileges },
        options,
      )
    byDefault('public', 'public', 'function', [])
    byDefault('public', 'public', 'type', [])
    for (const [title, role] of [
      ['application', application],
      ['loops', loops],
    ] as const) {
      if (!role) continue
      byDefault(role.name, title, 'table', rows)
      byDefault(role.name, title, 'sequence', ['SELECT', 'USAGE'])
      byDefault(role.name, title, 'function', ['EXECUTE'])
      byDefault(role.name, title, 'type', ['USAGE'])
    }
    byDefault(reader.name, 'reader', 'table', ['SELECT'])
    byDefault(reader.name, 'reader', 'type', ['USAGE'])

    this.registerOutputs({ database: this.database })
  }
}
