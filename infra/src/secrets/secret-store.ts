import type { Environment } from '@hadal/platform/environment'
import { commonLabels } from '@hadal/platform/names'

/** Namespace of a ClusterSecretStore's Secret: the default namespace of external-secrets. */
const operatorNamespace = 'external-secrets'

/**
 * The secret store that the ExternalSecrets name, and the Secret with its credential.
 *
 * @param provider `spec.provider` of the store. With a cloud's workload identity it needs no credential
 * @param credential keys and values of the Secret `<store>-credential`, which the provider references
 */
export function secretStore<Value>(
  environment: Environment,
  provider: Readonly<Record<string, unknown>>,
  credential: Value | undefined,
) {
  const { namespace, secrets } = environment
  if (secrets.kind !== 'external-secrets') return undefined
  const { kind, name } = secrets.store
  const ofNamespace = kind === 'SecretStore'
  const labels = commonLabels(environment)
  return {
    credential: credential && {
      apiVersion: 'v1' as const,
      kind: 'Secret' as const,
      metadata: { name: `${name}-credential`, namespace: ofNamespace ? namespace : operatorNamespace, labels },
      type: 'Opaque',
      stringData: credential,
    },
    store: {
      apiVersion: 'external-secrets.io/v1',
      kind,
      metadata: { name, ...(ofNamespace && { namespace }), labels },
      spec: { provider },
    },
  }
}
