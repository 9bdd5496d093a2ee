import { at } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'

/** Kinds that hold data, or whose deletion takes it along. */
const dataKinds = ['StatefulSet', 'PersistentVolumeClaim', 'Cluster', 'RedisCluster', 'Namespace']

/** A volume that pods, or an operator for them, no longer use. */
const volume = /^spec\.walStorage$|\.volumes\[[^\]]+\](\.persistentVolumeClaim)?$/

/** What holds data is not there any more. */
export const removedData: DangerRule = ({ kind, before, after, changes }) => {
  if (!before) return []
  if (after) return changes.flatMap(({ path, before, after }) => lostVolume(path, before, after))
  if (!dataKinds.includes(kind)) return []
  const kept = /\bPrune=false\b/.test(before.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '')
  return [
    {
      field: '',
      what: `This ${kind} is removed.`,
      why: kept
        ? 'Argo CD leaves it in the cluster (Prune=false), where nobody looks after it: move its data, then delete it by hand.'
        : 'Argo CD deletes it, and what it holds is lost.',
    },
  ]
}

function lostVolume(path: string, before: Parameters<typeof at>[0], after: Parameters<typeof at>[0]): Danger[] {
  if (!volume.test(path) || before === undefined || after !== undefined) return []
  const held = path.endsWith('.persistentVolumeClaim') || path === 'spec.walStorage'
  if (!held && at(before, 'persistentVolumeClaim') === undefined) return []
  return [{ field: path, what: 'Pods no longer use this volume.', why: 'They start without the data that is on it.' }]
}
