import type { KubernetesObject } from '@hadal/charts/rendered-object'
import type { DangerRule } from '../compared.ts'

const annotation = 'argocd.argoproj.io/sync-options'
const optionsOf = (object: KubernetesObject): string[] =>
  (object.metadata.annotations?.[annotation] ?? '').split(',').map((option) => option.trim())

/** What kept Argo CD from deleting an object was dropped. */
export const pruneProtection: DangerRule = ({ before, after }) => {
  if (!before || !after) return []
  return ['Prune=false', 'Delete=false']
    .filter((option) => optionsOf(before).includes(option) && !optionsOf(after).includes(option))
    .map((option) => ({
      field: `metadata.annotations["${annotation}"]`,
      what: `${option} is dropped.`,
      why: 'From then on Argo CD deletes the object, and its data, when it or its Application goes.',
    }))
}
