import type { Environment } from '@hadal/platform/environment'
import { commonLabels } from '@hadal/platform/names'
import { isDatabaseLogin, type SecretReference, secretsOf, secretType } from '@hadal/platform/secret-table'

/**
 * The Kubernetes Secrets of an environment with `secrets.kind` `pulumi`, in the table's order. Empty for `external-secrets`, whose operator
 * creates them.
 *
 * @param values values by `secret/key`: strings, or Pulumi outputs of strings
 * @throws an error that lists every key without a value and every value without a key
 */
export function kubernetesSecrets<Value = string>(
  environment: Environment,
  values: Readonly<Partial<Record<SecretReference, Value>>>,
) {
  if (environment.secrets.kind !== 'pulumi') return []
  const wanted = secretsOf(environment).filter(({ maker }) => maker === 'secrets')
  const missing = wanted.filter(({ reference }) => !values[reference]).map(({ reference }) => reference)
  const known = new Set<string>(wanted.map(({ reference }) => reference))
  const unknown = Object.keys(values).filter((reference) => !known.has(reference))
  const problems = [
    missing.length > 0 && `no value for ${missing.join(', ')}: set it in the stack's encrypted configuration`,
    unknown.length > 0 && `a value for ${unknown.join(', ')}, which "${environment.name}" does not use: remove it`,
  ].filter((problem) => problem !== false)
  if (problems.length > 0) throw new Error(`Secrets of "${environment.name}": ${problems.join('; ')}.`)

  return [...new Set(wanted.map(({ secret }) => secret))].map((name) => ({
    apiVersion: 'v1' as const,
    kind: 'Secret' as const,
    metadata: {
      name,
      namespace: environment.namespace,
      labels: {
        ...commonLabels(environment),
        // CloudNativePG watches only Secrets with this label. Without it, it would not apply a new password.
        ...(isDatabaseLogin(name) && environment.postgres.kind === 'cnpg' && { 'cnpg.io/reload': 'true' }),
      },
    },
    type: secretType(name),
    stringData: Object.fromEntries(
      wanted
        .filter(({ secret }) => secret === name)
        .flatMap(({ key, reference }) => {
          const value = values[reference]
          return value === undefined ? [] : [[key, value] as const]
        }),
    ),
  }))
}
