import { isDeepStrictEqual } from 'node:util'
import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { selectorMeets } from '@hadal/charts/validate/label-selector'
import { at } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'
import { podTemplate } from '../pod-template.ts'

const why = 'Draining nodes may then evict more pods than the service can lose.'

/** Finds PodDisruptionBudgets that are removed, or that protect fewer or other pods. */
export const disruptionBudget: DangerRule = ({ kind, before, after }, sides) => {
  if (kind === 'Cluster' && before && after) {
    const off = at(before, 'spec', 'enablePDB') !== false && at(after, 'spec', 'enablePDB') === false
    return off ? [{ field: 'spec.enablePDB', what: 'The database no longer has a PodDisruptionBudget.', why }] : []
  }
  if (kind !== 'PodDisruptionBudget' || !before) return []
  if (!after) {
    // If the pods are removed too, the budget is no longer needed.
    const left = sides.after.some((object) => selects(before, object))
    return left ? [{ field: '', what: 'The PodDisruptionBudget is removed, but its pods remain.', why }] : []
  }
  if (!isDeepStrictEqual(at(before, 'spec', 'selector'), at(after, 'spec', 'selector')))
    return [{ field: 'spec.selector', what: 'The PodDisruptionBudget selects different pods.', why }]
  return [...looser(before, after, 'minAvailable'), ...looser(before, after, 'maxUnavailable')]
}

function selects(budget: KubernetesObject, object: KubernetesObject): boolean {
  const pod = podTemplate(object)
  return pod !== undefined && selectorMeets(at(budget, 'spec', 'selector'), pod.labels)
}

function looser(before: KubernetesObject, after: KubernetesObject, field: 'minAvailable' | 'maxUnavailable'): Danger[] {
  const [old, fresh] = [at(before, 'spec', field), at(after, 'spec', field)]
  if (old === fresh || old === undefined) return []
  // A number and a percentage can't be compared. A removed bound may have been replaced by the other field.
  const comparable = fresh !== undefined && isPercent(old) === isPercent(fresh)
  const fewer = Number.parseInt(String(fresh), 10) < Number.parseInt(String(old), 10)
  const isLooser = !comparable || (field === 'minAvailable' ? fewer : !fewer)
  const what = `${field} changes from ${String(old)} to ${fresh === undefined ? 'none' : String(fresh)}.`
  return isLooser ? [{ field: `spec.${field}`, what, why }] : []
}

const isPercent = (value: Json): boolean => String(value).endsWith('%')
