import type { Environment } from '@hadal/platform/environment'
import { commonLabels } from '@hadal/platform/names'
import type { SecretReference } from '@hadal/platform/secret-table'

const name = 'database-handover'

/**
 * How the addresses of an external database reach the environment's secret store: a Secret of this program's, and a PushSecret that writes it
 * to where the ExternalSecret `db-credentials` reads. The store's credential must be allowed to write there.
 *
 * @param values what `db-credentials` holds, by `secret/key`
 */
export function databaseHandover<Value>(
  environment: Environment,
  values: Readonly<Partial<Record<SecretReference, Value>>>,
) {
  const { namespace, secrets } = environment
  if (secrets.kind !== 'external-secrets') return undefined
  const { store, path, refreshMinutes } = secrets
  const entries = Object.entries(values).map(([reference, value]) => {
    const [secret = '', key = ''] = reference.split('/')
    return { secret, key, value }
  })
  const metadata = { name, namespace, labels: commonLabels(environment) }
  return {
    secret: {
      apiVersion: 'v1' as const,
      kind: 'Secret' as const,
      metadata,
      type: 'Opaque',
      stringData: Object.fromEntries(entries.map(({ key, value }) => [key, value])),
    },
    push: {
      apiVersion: 'external-secrets.io/v1alpha1',
      kind: 'PushSecret',
      metadata,
      spec: {
        refreshInterval: `${refreshMinutes}m`,
        // What is in the store stays when this object goes: the pods still need it.
        deletionPolicy: 'None',
        secretStoreRefs: [store],
        selector: { secret: { name } },
        data: entries.map(({ secret, key }) => ({
          match: { secretKey: key, remoteRef: { remoteKey: `${path}/${secret}`, property: key } },
        })),
      },
    },
  }
}
