import type { KubernetesObject } from '@hadal/charts/rendered-object'
import { recordsIn } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'

const label = 'pod-security.kubernetes.io/enforce'
const levels = ['privileged', 'baseline', 'restricted']

/** PodSecurity level in a Namespace, or in an Application that sets it for its namespace. Undefined if there is none, which admits all pods. */
function levelOf(object: KubernetesObject | undefined): string | undefined {
  for (const [record] of recordsIn(object)) if (typeof record[label] === 'string') return record[label]
  return undefined
}

/** Finds namespaces whose PodSecurity level becomes weaker. */
export const podSecurity: DangerRule = ({ before, after }) => {
  const old = levelOf(before)
  if (!after || old === undefined) return []
  const fresh = levelOf(after) ?? 'privileged'
  if (levels.indexOf(fresh) >= levels.indexOf(old)) return []
  return [
    {
      field: `metadata.labels["${label}"]`,
      what: `PodSecurity changes from ${old} to ${fresh}.`,
      why: 'The namespace admits pods that it rejected before.',
    },
  ]
}
