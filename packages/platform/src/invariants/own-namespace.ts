import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Policies that deny by default, the quota and PodSecurity hold for a whole namespace: in another's they would stop what runs there. */
export function ownNamespace({ namespace, cluster }: Environment): Problem[] {
  const taken = new Map([
    [cluster.argocdNamespace, "Argo CD's"],
    [cluster.monitoringNamespace, "Prometheus'"],
    ['default', 'of whatever names none'],
  ])
  const owner = namespace.startsWith('kube-') ? "Kubernetes'" : taken.get(namespace)
  if (!owner) return []
  return [
    {
      path: 'namespace',
      value: namespace,
      allowed: `Allowed is a namespace of the environment's own; this one is ${owner}.`,
      remedy: 'Name another one, e.g. "hadal-prod".',
    },
  ]
}
