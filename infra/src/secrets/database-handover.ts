import type { Environment } from '@hadal/platform/environment'
import { commonLabels } from '@hadal/platform/names'
import type { SecretReference } from '@hadal/platform/secret-table'

const name = 'database-handover'

/**
 * Objects that write the addresses of an external database to the environment's secret store: a Secret with the addresses, and a PushSecret
 * that copies it to the path from which the ExternalSecret `db-credentials` reads. The store's credential must have write access to that path.
 *
 * @param values values of `db-credentials`, by `secret/key`
 */
export function databaseHandover<Value>(
  environment: Environment,
  values: Readonly<Partial<Record<SecretReference, Value>>>,
) {
  const { namespace, secrets } = environment
  if (secrets.kind !== 'external-secrets') return undefined
  const { store, path, refreshMinutes } = secrets
  const entries = Object.entries<Value | undefined>(values).flatMap(([reference, value]) => {
    const [secret = '', key = ''] = reference.split('/')
    return value === undefined ? [] : [{ secret, key, value }]
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
        // The values stay in the store when this object is deleted, because pods still need them.
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
