import { createHash } from 'node:crypto'
import type { Environment } from '@hadal/platform/environment'
import { agentNames, labels } from '@hadal/platform/names'
import type { ConfigMap } from 'kubernetes-types/core/v1.d.ts'
import type { ManifestOf } from '../../manifest.ts'
import { settingVariables } from './variables.ts'

/** Every setting of the server that isn't secret. */
export function settings(environment: Environment): ManifestOf<ConfigMap> & { data: Record<string, string> } {
  const data = Object.fromEntries(
    Object.entries(settingVariables(environment)).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: agentNames.settings, labels: labels(environment, 'server') },
    data,
  }
}

/** Pods read their settings once: with this on their template, other settings are other pods. */
export const settingsChecksum = ({ data }: { data: Record<string, string> }) => ({
  'checksum/settings': createHash('sha256')
    .update(JSON.stringify(Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex'),
})
