import { redisClusterPassword } from '@hadal/platform/redis-rights'
import {
  type EnvironmentSecret,
  isDatabaseLogin,
  type SecretName,
  secretsOf,
  secretType,
} from '@hadal/platform/secret-table'
import type { Construct } from 'constructs'
import { ComponentChart } from '../component-chart.ts'
import type { EnvironmentProps } from '../environment-props.ts'
import {
  ExternalSecret,
  ExternalSecretSpecSecretStoreRefKind,
  ExternalSecretSpecTargetCreationPolicy,
  ExternalSecretSpecTargetDeletionPolicy,
  ExternalSecretSpecTargetTemplateEngineVersion,
} from '../generated/external-secrets.io.js'

const storeKinds = {
  SecretStore: ExternalSecretSpecSecretStoreRefKind.SECRET_STORE,
  ClusterSecretStore: ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE,
} as const

/** One ExternalSecret per Secret of the secret table. Empty if Pulumi creates the Secrets; the component then has no Application either. */
export class Secrets extends ComponentChart {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id, { environment })
    const { secrets, postgres, redis } = environment
    if (secrets.kind === 'pulumi') return

    for (const [name, keys] of byName(secretsOf(environment).filter(({ maker }) => maker === 'secrets'))) {
      // CloudNativePG sets a new password when the Secret changes, and watches only Secrets with this label.
      const reload = isDatabaseLogin(name) && postgres.kind === 'cnpg'
      new ExternalSecret(this, name, {
        metadata: { name },
        spec: {
          refreshInterval: `${secrets.refreshMinutes}m`,
          secretStoreRef: { kind: storeKinds[secrets.store.kind], name: secrets.store.name },
          dataFrom: [{ extract: { key: `${secrets.path}/${name}` } }],
          target: {
            name,
            creationPolicy: ExternalSecretSpecTargetCreationPolicy.OWNER,
            // If the store is unavailable or an entry was removed, the pods keep their Secret.
            deletionPolicy: ExternalSecretSpecTargetDeletionPolicy.RETAIN,
            template: {
              engineVersion: ExternalSecretSpecTargetTemplateEngineVersion.V2,
              type: secretType(name) === 'Opaque' ? undefined : secretType(name),
              metadata: reload ? { labels: { 'cnpg.io/reload': 'true' } } : undefined,
              data: Object.fromEntries(
                keys.map((key) => {
                  const isNodesPassword = redis.kind === 'cluster' && name === 'redis-credentials' && key === 'password'
                  return [
                    key,
                    takenFrom(`${secrets.path}/${name}`, key, isNodesPassword ? redisClusterPassword : undefined),
                  ]
                }),
              ),
            },
          },
        },
      })
    }
  }
}

/**
 * Template of one key of an ExternalSecret: the value of the same key of the store's entry. If the key is missing or empty, the
 * ExternalSecret reports an error and the Secret does not change. Other keys of the entry are not copied.
 *
 * @param pattern regular expression that the value must match
 */
function takenFrom(entry: string, key: string, pattern: string | undefined): string {
  const value =
    pattern === undefined
      ? '{{ . }}'
      : `{{ if regexMatch \`${pattern}\` . }}{{ . }}{{ else }}{{ fail \`${key} of ${entry} has a space or a quote\` }}{{ end }}`
  return `{{ with index . \`${key}\` }}${value}{{ else }}{{ fail \`${entry} has no ${key}\` }}{{ end }}`
}

function byName(entries: readonly EnvironmentSecret[]): Map<SecretName, string[]> {
  const names = new Map<SecretName, string[]>()
  for (const { secret, key } of entries) names.set(secret, [...(names.get(secret) ?? []), key])
  return names
}
