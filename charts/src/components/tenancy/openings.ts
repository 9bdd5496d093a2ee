import { isIP } from 'node:net'
import { nonPublicRanges } from '@hadal/platform/address-ranges'
import { clientSources } from '@hadal/platform/client-sources'
import { namespaceOfHost, portOfUrl } from '@hadal/platform/endpoints'
import type { Environment } from '@hadal/platform/environment'
import { type PodPart, ports, selectorLabels } from '@hadal/platform/names'
import type { Destination } from '@hadal/platform/schema/destination'
import { k8s } from 'cdk8s-plus-28'

export const pods = (...parts: readonly PodPart[]): k8s.NetworkPolicyPeer[] =>
  parts.map((part) => ({ podSelector: { matchLabels: selectorLabels(part) } }))

const namespace = (name: string): k8s.NetworkPolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
})

const portOf = (protocol: 'TCP' | 'UDP', port: number): k8s.NetworkPolicyPort => ({
  protocol,
  port: k8s.IntOrString.fromNumber(port),
})

const tcp = (...numbers: readonly number[]) => numbers.map((port) => portOf('TCP', port))

export const fromPods = (port: number, from: k8s.NetworkPolicyPeer[]): k8s.NetworkPolicyIngressRule => ({
  from,
  ports: tcp(port),
})

export const fromNamespace = (name: string, ...numbers: readonly number[]): k8s.NetworkPolicyIngressRule => ({
  from: [namespace(name)],
  ports: tcp(...numbers),
})

export const toPods = (port: number, to: k8s.NetworkPolicyPeer[]): k8s.NetworkPolicyEgressRule => ({
  to,
  ports: tcp(port),
})

export const toAddresses = (port: number, addresses: readonly string[]): k8s.NetworkPolicyEgressRule => ({
  to: addresses.map((cidr) => ({ ipBlock: { cidr } })),
  ports: tcp(port),
})

/** Egress rule for a destination of the configuration. */
export const toDestination = (destination: Destination): k8s.NetworkPolicyEgressRule =>
  destination.kind === 'pods'
    ? {
        to: [{ ...namespace(destination.namespace), podSelector: { matchLabels: destination.labels } }],
        ports: tcp(...destination.ports),
      }
    : { to: destination.cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: tcp(...destination.ports) }

/** Egress rules for the cluster's DNS resolvers. */
export const toDns = ({ cluster }: Environment): k8s.NetworkPolicyEgressRule[] =>
  cluster.dns.map((resolver) => ({
    ...toDestination(resolver),
    ports: resolver.ports.flatMap((port) => [portOf('UDP', port), portOf('TCP', port)]),
  }))

/** Egress rule for public addresses over HTTPS, such as model providers. A NetworkPolicy can't use host names, so the rule can't be narrower. */
export const toPublicHttps: k8s.NetworkPolicyEgressRule = {
  to: [{ ipBlock: { cidr: '0.0.0.0/0', except: [...nonPublicRanges] } }],
  ports: tcp(443),
}

/**
 * Egress rule that follows a URL. For a host `<service>.<namespace>.svc` it allows the namespace at that port, which must be the port of the
 * Service and of its pods; for an IP address that address; for any other host all public addresses.
 */
export function toUrl(url: URL): k8s.NetworkPolicyEgressRule {
  const { hostname } = url
  const number = portOfUrl(url)
  const name = namespaceOfHost(hostname)
  if (name) return { to: [namespace(name)], ports: tcp(number) }
  return isIP(hostname) === 4 ? toAddresses(number, [`${hostname}/32`]) : { ...toPublicHttps, ports: tcp(number) }
}

/**
 * Egress rules for the API server, at the port of the Service `kubernetes` and at the API server's own. Without addresses in the configuration
 * they allow every address, because a NetworkPolicy can't name the API server.
 */
export const toApiServer = ({ cluster }: Environment): k8s.NetworkPolicyEgressRule[] => [
  cluster.apiServerAddresses
    ? { ...toAddresses(443, cluster.apiServerAddresses), ports: tcp(443, 6443) }
    : { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }], ports: tcp(443, 6443) },
]

/** Ingress rules for the clients of the API, or for the proxies that forward their requests. */
export function fromClients(environment: Environment, port: number = ports.http): k8s.NetworkPolicyIngressRule[] {
  const { namespaces, addresses } = clientSources(environment)
  return [
    ...namespaces.map((name) => fromNamespace(name, port)),
    ...(addresses.length > 0 ? [{ from: addresses.map((cidr) => ({ ipBlock: { cidr } })), ports: tcp(port) }] : []),
  ]
}
