import type { KubernetesObject } from '@hadal/charts/rendered-object'
import { at, textAt } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'

/** Paths of the field with the number of instances, for custom kinds of operators. */
const operated: Readonly<Record<string, readonly string[]>> = {
  Cluster: ['spec', 'instances'],
  Pooler: ['spec', 'instances'],
  RedisCluster: ['spec', 'clusterSize'],
}

/** Finds workloads whose minimum number of pods decreases, whether the workload or its autoscaler sets it. */
export const fewerReplicas: DangerRule = ({ before, after }, sides) => {
  const old = before && minimum(before, sides.before)
  const fresh = after && minimum(after, sides.after)
  if (!old || !fresh || fresh.count >= old.count) return []
  return [
    {
      field: fresh.field,
      what: `The minimum number of pods changes from ${old.count} (${old.by}) to ${fresh.count} (${fresh.by}).`,
      why: 'Fewer pods remain when a node or a zone fails, and fewer are ready when load increases.',
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
