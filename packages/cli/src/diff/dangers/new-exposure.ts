import { listAt, textAt } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'

/** Finds services that become reachable from outside the cluster, or by another host name. */
export const newExposure: DangerRule = ({ kind, before, after }) => {
  if (!after) return []
  const why = 'Every client that can reach this address can reach the service.'
  if (kind === 'Service') {
    const [old, fresh] = [textAt(before, 'spec', 'type') ?? 'ClusterIP', textAt(after, 'spec', 'type') ?? 'ClusterIP']
    return fresh !== old && ['LoadBalancer', 'NodePort'].includes(fresh)
      ? [{ field: 'spec.type', what: `The type of the Service changes to ${fresh}.`, why }]
      : []
  }
  if (kind !== 'Ingress' && kind !== 'HTTPRoute') return []
  const hosts = (object: typeof before): string[] =>
    kind === 'Ingress'
      ? listAt(object, 'spec', 'rules').map((rule) => textAt(rule, 'host') ?? 'every host')
      : listAt(object, 'spec', 'hostnames').map(String)
  return hosts(after)
    .filter((host) => !hosts(before).includes(host))
    .map((host) => ({ field: 'spec', what: `It becomes reachable from outside the cluster as ${host}.`, why }))
}
