import { listAt, textAt } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'

/** What was reached from inside only is reached from outside the cluster, or by another name. */
export const newExposure: DangerRule = ({ kind, before, after }) => {
  if (!after) return []
  const why = 'Whoever reaches that address reaches the service.'
  if (kind === 'Service') {
    const [old, fresh] = [textAt(before, 'spec', 'type') ?? 'ClusterIP', textAt(after, 'spec', 'type') ?? 'ClusterIP']
    return fresh !== old && ['LoadBalancer', 'NodePort'].includes(fresh)
      ? [{ field: 'spec.type', what: `The Service is a ${fresh} now.`, why }]
      : []
  }
  if (kind !== 'Ingress' && kind !== 'HTTPRoute') return []
  const hosts = (object: typeof before): string[] =>
    kind === 'Ingress'
      ? listAt(object, 'spec', 'rules').map((rule) => textAt(rule, 'host') ?? 'every host')
      : listAt(object, 'spec', 'hostnames').map(String)
  return hosts(after)
    .filter((host) => !hosts(before).includes(host))
    .map((host) => ({ field: 'spec', what: `It is reached from outside as ${host}.`, why }))
}
