import { at } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'

/** Kinds whose deletion also deletes data. */
const dataKinds = ['StatefulSet', 'PersistentVolumeClaim', 'Cluster', 'RedisCluster', 'Namespace']

/** Pattern of the paths of volumes in workloads and in the operators' kinds. */
const volume = /^spec\.walStorage$|\.volumes\[[^\]]+\](\.persistentVolumeClaim)?$/

/** Finds removed objects that hold data, and volumes that pods no longer use. */
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
        ? 'Argo CD keeps it in the cluster (Prune=false) but no longer manages it. Move its data, then delete it by hand.'
        : 'Argo CD deletes it, and its data is lost.',
    },
  ]
}

function lostVolume(path: string, before: Parameters<typeof at>[0], after: Parameters<typeof at>[0]): Danger[] {
  if (!volume.test(path) || before === undefined || after !== undefined) return []
  const held = path.endsWith('.persistentVolumeClaim') || path === 'spec.walStorage'
  if (!held && at(before, 'persistentVolumeClaim') === undefined) return []
  return [{ field: path, what: 'Pods no longer use this volume.', why: 'The pods start without the data on it.' }]
}
