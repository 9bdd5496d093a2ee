import type { Environment } from './environment.ts'

/** Where connections to the API may come from: pods of namespaces, and IPv4 ranges outside the cluster. */
export interface ClientSources {
  readonly namespaces: readonly string[]
  readonly addresses: readonly string[]
}

/** Returns where connections to the API may come from: the proxies of a Gateway or an Ingress, or the clients of an internal API. */
export function clientSources({ exposure }: Pick<Environment, 'exposure'>): ClientSources {
  if (exposure.kind === 'internal') return { namespaces: exposure.clientNamespaces, addresses: [] }
  const addresses = exposure.proxyAddresses ?? []
  const named = exposure.kind === 'gateway' ? exposure.proxyNamespace : exposure.controllerNamespace
  if (named !== undefined) return { namespaces: [named], addresses }
  const isDefault = exposure.kind === 'gateway' && addresses.length === 0
  return { namespaces: isDefault ? [exposure.gateway.namespace] : [], addresses }
}
