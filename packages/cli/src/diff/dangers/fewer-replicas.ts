import type { KubernetesObject } from '@hadal/charts/rendered-object'
import { at, textAt } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'

/** Fields that say how many instances of its own kind an operator keeps. */
const operated: Readonly<Record<string, readonly string[]>> = {
  Cluster: ['spec', 'instances'],
  Pooler: ['spec', 'instances'],
  RedisCluster: ['spec', 'clusterSize'],
}

/** Fewer pods are promised than before, whoever promises them: the object itself or what scales it. */
export const fewerReplicas: DangerRule = ({ before, after }, sides) => {
  const old = before && minimum(before, sides.before)
  const fresh = after && minimum(after, sides.after)
  if (!old || !fresh || fresh.count >= old.count) return []
  return [
    {
      field: fresh.field,
      what: `At least ${old.count} pods were promised by ${old.by}, now at least ${fresh.count} by ${fresh.by}.`,
      why: 'Less is left when a node or a zone goes, and less to begin with when load comes.',
    },
  ]
}

function minimum(object: KubernetesObject, all: readonly KubernetesObject[]) {
  const field = operated[object.kind]
  if (field) return { count: Number(at(object, ...field) ?? 1), field: field.join('.'), by: field.join('.') }
  if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return undefined
  for (const scaler of all) {
    const target = at(scaler, 'spec', 'scaleTargetRef')
    const kind = textAt(target, 'kind') ?? 'Deployment'
    if (textAt(target, 'name') !== object.metadata.name || kind !== object.kind) continue
    const by = `${scaler.kind} ${scaler.metadata.name}`
    if (scaler.kind === 'HorizontalPodAutoscaler')
      return { count: Number(at(scaler, 'spec', 'minReplicas') ?? 1), field: '', by }
    if (scaler.kind === 'ScaledObject')
      return { count: Number(at(scaler, 'spec', 'minReplicaCount') ?? 0), field: '', by }
  }
  return { count: Number(at(object, 'spec', 'replicas') ?? 1), field: 'spec.replicas', by: 'spec.replicas' }
}
