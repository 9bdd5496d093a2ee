import { hasSeparateRoles } from '@hadal/platform/database-roles'
import type { Environment } from '@hadal/platform/environment'
import { hasEncryptionKey } from '@hadal/platform/has-encryption-key'
import { postgresNames } from '@hadal/platform/names'
import type { SecretReference } from '@hadal/platform/secret-table'
import * as k8s from '@pulumi/kubernetes'
import * as pulumi from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import { isProviderKey } from '../configuration-keys.ts'
import type { DatabasePasswords } from '../database/database.ts'
import { type DatabaseNames, databaseNames } from '../database/database-names.ts'
import { kubernetesSecrets } from '../kubernetes-secrets.ts'
import { ownedWhole } from '../owned-whole.ts'
import { versionAliases } from '../version-aliases.ts'
import { databaseAddresses } from './database-addresses.ts'
import { databaseHandover } from './database-handover.ts'
import { encryptionKeys, type KeyRange } from './encryption-keys.ts'
import { providerToken } from './provider-token.ts'
import { redisCredentials } from './redis-credentials.ts'
import { secretStore } from './secret-store.ts'

export interface SecretsArgs {
  readonly environment: Environment
  /** Values from the encrypted configuration, which the program can't generate. */
  readonly asked: Readonly<Partial<Record<SecretReference, pulumi.Output<string>>>>
  /** Rotation texts. A new text creates new passwords of its kind. */
  readonly rotation: { readonly database: string; readonly redis: string }
  readonly encryptionKeys: KeyRange
  /** Passwords of the roles of an external PostgreSQL server. */
  readonly databasePasswords: DatabasePasswords | undefined
  /** Secret store of external-secrets, if this stack creates it. */
  readonly store:
    | {
        readonly provider: Readonly<Record<string, unknown>>
        readonly credential: pulumi.Output<Record<string, string>> | undefined
      }
    | undefined
}

type Values = Partial<Record<SecretReference, pulumi.Output<string>>>

/**
 * Component with the secrets of an environment. For `secrets.kind` `pulumi` it creates the Kubernetes Secrets. For `external-secrets` it creates
 * the store and its credential, if configured, and writes the addresses of an external database to the store. It has no outputs.
 */
export class Secrets extends pulumi.ComponentResource {
  constructor(name: string, args: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super('hadal:secrets:Secrets', name, {}, opts)
    const { environment } = args
    if (environment.secrets.kind === 'pulumi') this.#kubernetesSecrets(args)
    else this.#externalSecrets(args)
    this.registerOutputs({})
  }

  #kubernetesSecrets(args: SecretsArgs): void {
    const { environment, asked } = args
    const keys = hasEncryptionKey(environment)
      ? encryptionKeys(environment, args.encryptionKeys, { parent: this })
      : undefined
    const values: Values = {
      ...this.#databaseValues(args),
      ...this.#redisValues(args),
      ...(keys && { 'encryption-keys/encryption-key': joined(keys) }),
      ...encrypted(asked, environment.protected ? keys?.[0] : undefined),
    }
    for (const secret of kubernetesSecrets(environment, values))
      new k8s.core.v1.Secret(secret.metadata.name, ownedWhole(secret), { parent: this })
  }

  #externalSecrets(args: SecretsArgs): void {
    const { environment, databasePasswords, store: wanted } = args
    const made = wanted && secretStore(environment, wanted.provider, wanted.credential)
    if (made?.credential) new k8s.core.v1.Secret('store-credential', ownedWhole(made.credential), { parent: this })
    if (made)
      new k8s.apiextensions.CustomResource('store', ownedWhole(made.store), {
        parent: this,
        aliases: versionAliases(made.store.apiVersion, made.store.kind),
      })

    if (!databasePasswords) return
    const handover = databaseHandover(environment, this.#databaseValues(args))
    if (!handover) return
    const secret = new k8s.core.v1.Secret('database-handover', ownedWhole(handover.secret), { parent: this })
    new k8s.apiextensions.CustomResource('database-handover', ownedWhole(handover.push), {
      parent: this,
      dependsOn: [secret],
      aliases: versionAliases(handover.push.apiVersion, handover.push.kind),
    })
  }

  #databaseValues({ environment, databasePasswords, rotation }: SecretsArgs): Values {
    const { database, owner, loops, reader, application } = roleNames(environment)
    const passwords = databasePasswords ?? this.#passwordsInCluster(environment, rotation.database)
    const addresses = pulumi
      .all([passwords.owner, passwords.application, passwords.loops, passwords.reader])
      .apply(([ofOwner, ofApplication, ofLoops, ofReader]) =>
        databaseAddresses(environment, {
          database,
          owner: { username: owner, password: ofOwner },
          application: { username: application, password: ofApplication },
          loops: { username: loops, password: ofLoops },
          reader: { username: reader, password: ofReader },
        }),
      )
    return picked(addresses, databaseAddresses(environment, nobody))
  }

  /** Passwords of the roles of a database in the cluster. Without sign-in there is one role. */
  #passwordsInCluster(environment: Environment, rotation: string): DatabasePasswords {
    const owner = this.#password('database', rotation)
    if (!hasSeparateRoles(environment)) return sameRole(owner)
    const application = this.#password('database-application', rotation)
    return { owner, application, loops: this.#password('database-loops', rotation), reader: application }
  }

  #redisValues({ environment, rotation }: SecretsArgs): Values {
    if (environment.redis.kind === 'external') return {}
    const nodes = this.#password('redis', rotation.redis)
    // A standalone Redis has no users and a single password.
    const application =
      environment.redis.kind === 'cluster' ? this.#password('redis-application', rotation.redis) : nodes
    const credentials = pulumi
      .all([nodes, application])
      .apply(([ofNodes, ofApplication]) => redisCredentials(environment, ofNodes, ofApplication))
    return picked(credentials, redisCredentials(environment, '', ''))
  }

  /** Creates a random password of letters and digits, because it is part of URLs. */
  #password(name: string, rotation: string): pulumi.Output<string> {
    return new random.RandomPassword(name, { length: 40, special: false, keepers: { rotation } }, { parent: this })
      .result
  }
}

const sameRole = <Value>(value: Value) => ({ owner: value, application: value, loops: value, reader: value })

/** Names of the database and of its roles. */
function roleNames(environment: Environment): DatabaseNames {
  if (environment.postgres.kind === 'external') return databaseNames(environment)
  const { application, database, loops, owner } = postgresNames
  return hasSeparateRoles(environment)
    ? { database, owner, application, loops, reader: application }
    : { database, ...sameRole(owner) }
}

const nobody = { database: '', ...sameRole({ username: '', password: '' }) }

/** Splits a Pulumi output of secret values into one output per key. `shape` has the keys, which are known before the values. */
function picked<Key extends SecretReference>(
  values: pulumi.Output<Partial<Record<Key, string>>>,
  shape: Partial<Record<Key, string>>,
): Values {
  return Object.fromEntries(
    Object.keys(shape).map((key) => [
      key,
      pulumi.secret(
        values.apply((all) => {
          const texts: Readonly<Record<string, string | undefined>> = all
          return texts[key] ?? ''
        }),
      ),
    ]),
  )
}

const joined = (keys: pulumi.Output<string>[]): pulumi.Output<string> =>
  pulumi.secret(pulumi.all(keys).apply((all) => all.join(',')))

/** Encrypts the API keys of the model providers as Fernet tokens. Without an encryption key, returns them unchanged. */
function encrypted(asked: Values, key: pulumi.Output<string> | undefined): Values {
  if (key === undefined) return asked
  return Object.fromEntries(
    (Object.entries(asked) as [SecretReference, pulumi.Output<string>][]).map(([reference, value]) => [
      reference,
      isProviderKey(reference)
        ? pulumi.secret(pulumi.all([key, value]).apply(([encryptionKey, text]) => providerToken(encryptionKey, text)))
        : value,
    ]),
  )
}
