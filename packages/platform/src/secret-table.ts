import type { SecretVariable } from './container-variables.ts'
import { hasOwnerAddress, hasSeparateRoles } from './database-roles.ts'
import type { Environment } from './environment.ts'
import { hasEncryptionKey } from './has-encryption-key.ts'
import { hasReadReplicas } from './has-read-replicas.ts'

/**
 * Program that creates a Secret. `secrets` is external-secrets or Pulumi, according to `secrets.kind` of the environment. The others are
 * operators.
 */
export type SecretMaker = 'secrets' | 'cnpg' | 'cert-manager'

/** Role whose containers mount a key. A server with the role `all` mounts the keys of `api` and `worker`. */
export type SecretUser =
  | 'api'
  | 'worker'
  | 'migrate'
  | 'backup'
  | 'drill'
  /** User of a secret: the PostgreSQL server or its operator. */
  | 'postgres'
  | 'redis'
  /** User of a secret: the Ingress controller, which terminates TLS. */
  | 'ingress'
  /** User of a secret: the kubelet of each node, which pulls images. */
  | 'kubelet'

interface SecretKeyEntry {
  /** Description of a secret key's value, for the person who puts it into the secret store. */
  readonly holds: string
  readonly maker: SecretMaker
  readonly users: readonly SecretUser[] | ((environment: Environment) => readonly SecretUser[])
  readonly when: (environment: Environment) => boolean
}

const always = () => true
const servers = ['api', 'worker'] as const
/** Jobs that read and write the rows of all tenants. */
const jobs = ['migrate', 'backup', 'drill'] as const
const databaseRunsHere = ({ postgres }: Environment) => postgres.kind !== 'external'
const rolesAreMadeHere = (environment: Environment) => databaseRunsHere(environment) && hasSeparateRoles(environment)
/** User name and password of a role of a database in the cluster, besides its owner. */
const loginOf = (role: string) =>
  ({
    username: { holds: `name of ${role}`, maker: 'secrets', users: ['postgres'], when: rolesAreMadeHere },
    password: { holds: `password of ${role}`, maker: 'secrets', users: ['postgres'], when: rolesAreMadeHere },
  }) as const
const backupHasKeys = ({ backup }: Environment) => backup.kind === 's3' && backup.credentials === 'keys'
const redisIsOperated = ({ redis }: Environment) => redis.kind === 'cluster'

/**
 * All Secrets and keys that the rendered objects use: what creates each key, which containers mount it, and in which environments it exists.
 * All keys of a Secret have the same maker. Secrets that an operator creates only for itself, such as CloudNativePG's replication
 * certificate, are not included.
 */
const secretTable = {
  'db-credentials': {
    url: {
      holds: 'address of the database for queries, with user and password; if there is a pooler, its address',
      maker: 'secrets',
      // A migration grants the rights of the roles, whose names are in their addresses.
      users: (environment) => (hasOwnerAddress(environment) ? [...servers, ...jobs] : servers),
      when: always,
    },
    'loops-url': {
      holds:
        'address of the database for the loops that serve all tenants, with a role of its own; if there is a pooler, its address',
      maker: 'secrets',
      // A drill stores its result with this role.
      users: [...servers, 'migrate', 'drill'],
      when: hasSeparateRoles,
    },
    'direct-url': {
      holds:
        'address of the database server without a pooler, for LISTEN, session locks, migrations and long snapshots',
      maker: 'secrets',
      // With a separate owner role, jobs use `owner-url` instead.
      users: (environment) => (hasOwnerAddress(environment) ? servers : [...servers, ...jobs]),
      when: always,
    },
    'owner-url': {
      holds:
        'address of the database server with the role that owns the database, for migrations and backups; the other addresses have a role that can not change tables',
      maker: 'secrets',
      // With separate roles, a drill needs only that of the loops.
      users: (environment) => (hasSeparateRoles(environment) ? ['migrate', 'backup'] : jobs),
      // Otherwise the server's role is also the owner.
      when: hasOwnerAddress,
    },
    'read-url': {
      holds: 'address of the read replicas, for reads that may lag',
      maker: 'secrets',
      users: servers,
      when: hasReadReplicas,
    },
    username: { holds: 'role that owns the database', maker: 'secrets', users: ['postgres'], when: databaseRunsHere },
    password: {
      holds: 'password of the role that owns the database',
      maker: 'secrets',
      users: ['postgres'],
      when: databaseRunsHere,
    },
  },
  'db-application': loginOf('the role that serves requests'),
  'db-loops': loginOf('the role of the loops that serve all tenants'),
  'postgres-ca': {
    'ca.crt': {
      holds: "CA certificate for the database's certificate",
      maker: 'cnpg',
      users: [...servers, ...jobs],
      when: ({ postgres }) => postgres.kind === 'cnpg',
    },
  },
  'database-ca': {
    'ca.crt': {
      holds: "CA certificate for the external database's certificate",
      maker: 'secrets',
      users: [...servers, ...jobs],
      when: ({ postgres }) => postgres.kind === 'external' && postgres.privateCa,
    },
  },
  'redis-credentials': {
    url: {
      holds: 'address of Redis, with user and password, both percent-encoded',
      maker: 'secrets',
      users: servers,
      when: always,
    },
    password: {
      holds: 'password that the Redis server requires; of a cluster without spaces and quotes',
      maker: 'secrets',
      users: ['redis'],
      when: ({ redis }) => redis.kind !== 'external',
    },
    acl: {
      holds:
        'ACL file of Redis: the user `default` with the key `password` and all permissions, for the nodes and their operator, and the user in the key `url`',
      maker: 'secrets',
      users: ['redis'],
      when: redisIsOperated,
    },
  },
  'redis-tls': {
    'ca.crt': {
      holds: "CA certificate for the Redis nodes' certificate",
      maker: 'cert-manager',
      users: [...servers, 'redis'],
      when: redisIsOperated,
    },
    'tls.crt': {
      holds: 'certificate of every Redis node',
      maker: 'cert-manager',
      users: ['redis'],
      when: redisIsOperated,
    },
    'tls.key': {
      holds: "private key of the Redis nodes' certificate",
      maker: 'cert-manager',
      users: ['redis'],
      when: redisIsOperated,
    },
  },
  'llm-credentials': {
    // The API mounts the providers' keys too: it compiles graphs to describe them, and a model object can't be created without a key.
    'anthropic-key': {
      holds: 'API key of Anthropic; in a protected environment, a Fernet token of it',
      maker: 'secrets',
      users: servers,
      when: ({ models }) => models.providers.anthropic !== undefined,
    },
    'openai-key': {
      holds: 'API key of OpenAI, or of a server with its API; in a protected environment, a Fernet token of it',
      maker: 'secrets',
      users: servers,
      when: ({ models }) => models.providers.openai !== undefined,
    },
    'azure-openai-key': {
      holds: 'API key of an Azure OpenAI resource; in a protected environment, a Fernet token of it',
      maker: 'secrets',
      users: servers,
      when: ({ models }) => models.providers.azure_openai !== undefined,
    },
    'google-genai-key': {
      holds: "API key of Google's Gemini API; in a protected environment, a Fernet token of it",
      maker: 'secrets',
      users: servers,
      when: ({ models }) => models.providers['google-genai'] !== undefined,
    },
    'google-vertexai-key': {
      holds: 'JSON key of a Google service account for Vertex AI; in a protected environment, a Fernet token of it',
      maker: 'secrets',
      users: servers,
      when: ({ models }) => models.providers['google-vertexai']?.credentials === 'key',
    },
    'bedrock-key': {
      holds:
        'API key of Bedrock, or "<access key id>:<secret access key>" of AWS; in a protected environment, a Fernet token of it',
      maker: 'secrets',
      users: servers,
      when: ({ models }) => models.providers.bedrock?.credentials === 'key',
    },
    'package-keys': {
      holds:
        'JSON object with the key of each provider in models.packages, by its name; in a protected environment, a Fernet token of the JSON',
      maker: 'secrets',
      users: servers,
      when: ({ models }) => Object.values(models.packages).some(({ keyOption }) => keyOption !== 'none'),
    },
  },
  // Separate from `llm-credentials`, so that a reader of one of the two Secrets can't decrypt the providers' keys.
  'encryption-keys': {
    'encryption-key': {
      holds: 'Fernet keys, newest first, separated by commas',
      maker: 'secrets',
      // A backup contains a run of the canary with a sealed value, which a drill decrypts.
      users: [...servers, 'backup', 'drill'],
      when: hasEncryptionKey,
    },
  },
  'langsmith-credentials': {
    'api-key': {
      holds: 'API key of LangSmith',
      maker: 'secrets',
      users: servers,
      when: ({ tracing }) => tracing.kind === 'langsmith',
    },
  },
  'backup-credentials': {
    'access-key-id': {
      holds: 'access key of the bucket for backups',
      maker: 'secrets',
      users: ['backup', 'drill', 'postgres'],
      when: backupHasKeys,
    },
    'secret-access-key': {
      holds: 'secret key of the bucket for backups',
      maker: 'secrets',
      users: ['backup', 'drill', 'postgres'],
      when: backupHasKeys,
    },
  },
  // Separate from `backup-credentials`, so that an agent that reads the files of its server can't read or delete backups.
  'deletion-log-credentials': {
    'access-key-id': {
      holds:
        'access key that may only write new objects below `<environment>/archive/deletions/` of the bucket for backups',
      maker: 'secrets',
      users: servers,
      when: backupHasKeys,
    },
    'secret-access-key': {
      holds: 'secret key of the access key for the log of deletions',
      maker: 'secrets',
      users: servers,
      when: backupHasKeys,
    },
  },
  'backup-keys': {
    identity: {
      holds: 'age identity (AGE-SECRET-KEY-1…) that decrypts backups, for restore drills',
      maker: 'secrets',
      users: ['drill'],
      when: ({ backup }) => backup.kind === 's3' && backup.archive.recipients.length > 0,
    },
  },
  'registry-credentials': {
    '.dockerconfigjson': {
      holds:
        'credentials for pulling images, as the content of a config.json of Docker; it may list several registries',
      maker: 'secrets',
      users: ['kubelet'],
      when: ({ imagePullSecret }) => imagePullSecret,
    },
  },
  'deep-agents-tls': {
    'tls.crt': {
      holds: 'certificate of the API host',
      maker: 'cert-manager',
      users: ['ingress'],
      when: ({ exposure }) => exposure.kind === 'ingress' && exposure.tls,
    },
    'tls.key': {
      holds: "private key of the API host's certificate",
      maker: 'cert-manager',
      users: ['ingress'],
      when: ({ exposure }) => exposure.kind === 'ingress' && exposure.tls,
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, SecretKeyEntry>>>>

type Table = typeof secretTable
type TableName = keyof Table
/** Name of the Secret of one agent: `agent-<graph>`. */
type AgentSecretName = `agent-${string}`
export type SecretName = TableName | AgentSecretName
/** Reference to a Secret's key, e.g. `db-credentials/url`. */
export type SecretReference =
  | { [Name in TableName]: `${Name}/${keyof Table[Name] & string}` }[TableName]
  | AgentSecretReference
/** Reference to a secret that an agent declares, e.g. `agent-researcher/GITHUB_TOKEN`. */
type AgentSecretReference = `${AgentSecretName}/${string}`

/** Reference to a secret of an agent. */
export const agentSecret = (graph: string, name: string): AgentSecretReference => `agent-${graph}/${name}`

/** The Secret's key for each secret variable of the server. A missing variable is a compile error. */
export const secretOfVariable = {
  DATABASE_URL: 'db-credentials/url',
  DATABASE_DIRECT_URL: 'db-credentials/direct-url',
  DATABASE_READ_URL: 'db-credentials/read-url',
  DATABASE_LOOPS_URL: 'db-credentials/loops-url',
  DATABASE_OWNER_URL: 'db-credentials/owner-url',
  REDIS_URL: 'redis-credentials/url',
  ANTHROPIC_API_KEY: 'llm-credentials/anthropic-key',
  OPENAI_API_KEY: 'llm-credentials/openai-key',
  AZURE_OPENAI_API_KEY: 'llm-credentials/azure-openai-key',
  GOOGLE_GENAI_API_KEY: 'llm-credentials/google-genai-key',
  GOOGLE_VERTEXAI_API_KEY: 'llm-credentials/google-vertexai-key',
  BEDROCK_API_KEY: 'llm-credentials/bedrock-key',
  MODEL_PACKAGE_KEYS: 'llm-credentials/package-keys',
  ENCRYPTION_KEY: 'encryption-keys/encryption-key',
  LANGSMITH_API_KEY: 'langsmith-credentials/api-key',
  BACKUP_ACCESS_KEY_ID: 'backup-credentials/access-key-id',
  BACKUP_SECRET_ACCESS_KEY: 'backup-credentials/secret-access-key',
  BACKUP_IDENTITY: 'backup-keys/identity',
} as const satisfies Readonly<Record<SecretVariable, SecretReference>>

/** One key of one Secret in one environment. */
export interface EnvironmentSecret {
  readonly secret: SecretName
  readonly key: string
  readonly reference: SecretReference
  readonly maker: SecretMaker
  readonly users: readonly SecretUser[]
  readonly holds: string
  /** Name of the server's variable whose value is this key, if any. */
  readonly variable: SecretVariable | undefined
}

/** Type of a Kubernetes Secret. */
export const secretType = (secret: SecretName): 'Opaque' | 'kubernetes.io/dockerconfigjson' =>
  secret === 'registry-credentials' ? 'kubernetes.io/dockerconfigjson' : 'Opaque'

/** Whether a Secret holds the user name and password of a database role. */
export const isDatabaseLogin = (secret: SecretName): boolean =>
  ['db-credentials', 'db-application', 'db-loops'].includes(secret)

const isReference = (text: string, secret: string, key: string): text is SecretReference => text === `${secret}/${key}`
const namesOf = <Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] => {
  const names: string[] = Object.keys(record)
  return names.filter((name): name is Key => name in record)
}

/**
 * All Secret keys of an environment, in the table's order, and then those of the agents.
 *
 * @param user returns only the keys that this role's containers mount
 */
export function secretsOf(environment: Environment, user?: SecretUser): EnvironmentSecret[] {
  const ofAgents = agentSecrets(environment).filter(({ users }) => user === undefined || users.includes(user))
  return [...secretsOfTable(environment, user), ...ofAgents]
}

/** The secrets that agents declare. The API mounts them too, because it compiles graphs to describe them. */
function agentSecrets({ agents }: Environment): EnvironmentSecret[] {
  return Object.entries(agents).flatMap(([graph, { secrets }]) =>
    secrets.map((key) => ({
      secret: `agent-${graph}` as const,
      key,
      reference: agentSecret(graph, key),
      maker: 'secrets' as const,
      users: servers,
      holds: `secret ${key} of the agent ${graph}`,
      variable: undefined,
    })),
  )
}

function secretsOfTable(environment: Environment, user: SecretUser | undefined): EnvironmentSecret[] {
  return namesOf(secretTable).flatMap((secret) => {
    const entries: Readonly<Record<string, SecretKeyEntry>> = secretTable[secret]
    return Object.entries(entries).flatMap(([key, { holds, maker, users: ofEntry, when }]) => {
      const users = typeof ofEntry === 'function' ? ofEntry(environment) : ofEntry
      if (!when(environment) || (user !== undefined && !users.includes(user))) return []
      const reference = `${secret}/${key}`
      if (!isReference(reference, secret, key)) return []
      const variable = namesOf(secretOfVariable).find((name) => secretOfVariable[name] === reference)
      return [{ secret, key, reference, maker, users, holds, variable }]
    })
  })
}
