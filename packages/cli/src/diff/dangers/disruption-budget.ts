import { isDeepStrictEqual } from 'node:util'
import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { selectorMeets } from '@hadal/charts/validate/label-selector'
import { at } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'
import { podTemplate } from '../pod-template.ts'

const why = 'A drained node, or two at once, may then take more pods than the service can spare.'

/** Fewer pods are kept while nodes are drained. */
export const disruptionBudget: DangerRule = ({ kind, before, after }, sides) => {
  if (kind === 'Cluster' && before && after) {
    const off = at(before, 'spec', 'enablePDB') !== false && at(after, 'spec', 'enablePDB') === false
    return off ? [{ field: 'spec.enablePDB', what: 'The database loses its disruption budget.', why }] : []
  }
  if (kind !== 'PodDisruptionBudget' || !before) return []
  if (!after) {
    // With its pods gone too, there is nothing left to keep.
    const left = sides.after.some((object) => selects(before, object))
    return left ? [{ field: '', what: 'The budget is removed, its pods are not.', why }] : []
  }
  if (!isDeepStrictEqual(at(before, 'spec', 'selector'), at(after, 'spec', 'selector')))
    return [{ field: 'spec.selector', what: 'The budget is for other pods than before.', why }]
  return [...looser(before, after, 'minAvailable'), ...looser(before, after, 'maxUnavailable')]
}

function selects(budget: KubernetesObject, object: KubernetesObject): boolean {
  const pod = podTemplate(object)
  return pod !== undefined && selectorMeets(at(budget, 'spec', 'selector'), pod.labels)
}

function looser(before: KubernetesObject, after: KubernetesObject, field: 'minAvailable' | 'maxUnavailable'): Danger[] {
  const [old, fresh] = [at(before, 'spec', field), at(after, 'spec', field)]
  if (old === fresh || old === undefined) return []
  // Numbers and percentages don't compare, and a bound that went away may have been replaced by the other one.
  const comparable = fresh !== undefined && isPercent(old) === isPercent(fresh)
  const fewer = Number.parseInt(String(fresh), 10) < Number.parseInt(String(old), 10)
  const isLooser = !comparable || (field === 'minAvailable' ? fewer : !fewer)
  const what = `${field} goes from ${String(old)} to ${fresh === undefined ? 'none' : String(fresh)}.`
  return isLooser ? [{ field: `spec.${field}`, what, why }] : []
}

const isPercent = (value: Json): boolean => String(value).endsWith('%')
