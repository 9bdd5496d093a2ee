import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires that an Ingress names where its requests come from. Otherwise the NetworkPolicy would block them all. */
export function ingressProxies({ exposure }: Environment): Problem[] {
  if (exposure.kind !== 'ingress' || exposure.controllerNamespace !== undefined || exposure.proxyAddresses) return []
  return [
    {
      path: 'exposure.controllerNamespace',
      allowed: 'Missing. The NetworkPolicy of the API admits only the proxies of the Ingress.',
      remedy:
        'Add the namespace of the Ingress controller, or exposure.proxyAddresses with the IPv4 ranges of a load balancer that connects directly to pods.',
    },
  ]
}
