import type { KubernetesObject } from '@hadal/charts/rendered-object'
import { recordsIn } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'

const label = 'pod-security.kubernetes.io/enforce'
const levels = ['privileged', 'baseline', 'restricted']

/** The namespace's label, on the Namespace itself or where an Application gives it one; without it everything is let in. */
function levelOf(object: KubernetesObject | undefined): string | undefined {
  for (const [record] of recordsIn(object)) if (typeof record[label] === 'string') return record[label]
  return undefined
}

/** A namespace lets in pods that it refused. */
export const podSecurity: DangerRule = ({ before, after }) => {
  const old = levelOf(before)
  if (!after || old === undefined) return []
  const fresh = levelOf(after) ?? 'privileged'
  if (levels.indexOf(fresh) >= levels.indexOf(old)) return []
  return [
    {
      field: `metadata.labels["${label}"]`,
      what: `PodSecurity goes from ${old} to ${fresh}.`,
      why: 'The namespace lets in pods that it refused.',
    },
  ]
}
