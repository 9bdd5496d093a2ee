import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/**
 * Requires a dedicated namespace. The default-deny NetworkPolicy, the quota and PodSecurity apply to the whole namespace and would break other
 * workloads.
 */
export function ownNamespace({ namespace, cluster }: Environment): Problem[] {
  const taken = new Map([
    [cluster.argocdNamespace, "Argo CD's"],
    [cluster.monitoringNamespace, "Prometheus'"],
    ['default', 'the default one'],
  ])
  const owner = namespace.startsWith('kube-') ? "Kubernetes'" : taken.get(namespace)
  if (!owner) return []
  return [
    {
      path: 'namespace',
      value: namespace,
      allowed: `Must be a namespace that only this environment uses, but this one is ${owner}.`,
      remedy: 'Choose another one, e.g. "hadal-prod".',
    },
  ]
}
