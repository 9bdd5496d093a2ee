import type { KubernetesObject } from '@hadal/charts/rendered-object'
import type { DangerRule } from '../compared.ts'

const annotation = 'argocd.argoproj.io/sync-options'
const optionsOf = (object: KubernetesObject): string[] =>
  (object.metadata.annotations?.[annotation] ?? '').split(',').map((option) => option.trim())

/** Finds objects that lose the sync option with which Argo CD does not delete them. */
export const pruneProtection: DangerRule = ({ before, after }) => {
  if (!before || !after) return []
  return ['Prune=false', 'Delete=false']
    .filter((option) => optionsOf(before).includes(option) && !optionsOf(after).includes(option))
    .map((option) => ({
      field: `metadata.annotations["${annotation}"]`,
      what: `The sync option ${option} is removed.`,
      why: 'Argo CD will then delete the object, and its data, if it or its Application is removed.',
    }))
}
