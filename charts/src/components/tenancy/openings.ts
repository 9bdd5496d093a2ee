import { isIP } from 'node:net'
import type { Environment } from '@hadal/platform/environment'
import { type PodPart, ports, selectorLabels } from '@hadal/platform/names'
import type {
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
} from 'kubernetes-types/networking/v1.d.ts'

/** Where things of the cluster stand by their own projects' installations. */
const clusterDnsNamespace = 'kube-system'
export const cloudNativePgNamespace = 'cnpg-system'
export const redisOperatorNamespace = 'ot-operators'

/** Addresses that "public" leaves out: private, shared, loopback, link-local with the clouds' metadata, test, multicast, reserved. RFC 6890. */
export const nonPublicRanges = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
] as const

export const pods = (...parts: readonly PodPart[]): NetworkPolicyPeer[] =>
  parts.map((part) => ({ podSelector: { matchLabels: selectorLabels(part) } }))

const namespace = (name: string): NetworkPolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
})

const tcp = (...numbers: readonly number[]) => numbers.map((port) => ({ protocol: 'TCP' as const, port }))

export const fromPods = (port: number, from: NetworkPolicyPeer[]): NetworkPolicyIngressRule => ({
  from,
  ports: tcp(port),
})

export const fromNamespace = (name: string, ...numbers: readonly number[]): NetworkPolicyIngressRule => ({
  from: [namespace(name)],
  ports: tcp(...numbers),
})

export const toPods = (port: number, to: NetworkPolicyPeer[]): NetworkPolicyEgressRule => ({ to, ports: tcp(port) })

export const toAddresses = (port: number, addresses: readonly string[]): NetworkPolicyEgressRule => ({
  to: addresses.map((cidr) => ({ ipBlock: { cidr } })),
  ports: tcp(port),
})

/** The cluster's resolver, and no other. */
export const toDns: NetworkPolicyEgressRule = {
  to: [{ ...namespace(clusterDnsNamespace), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
}

/** Model providers and what else is on the internet, by HTTPS. A policy knows no names, so it can't be narrower than this. */
export const toPublicHttps: NetworkPolicyEgressRule = {
  to: [{ ipBlock: { cidr: '0.0.0.0/0', except: [...nonPublicRanges] } }],
  ports: tcp(443),
}

/**
 * Where traces go by OTLP. A host `<service>.<namespace>.svc` is in the cluster: there the policy opens the namespace, at the port, which the
 * Service and its pods must have in common. An address is opened as it is. Any other host is on the internet.
 */
export function toCollector(endpoint: string): NetworkPolicyEgressRule {
  const { hostname, port, protocol } = new URL(endpoint)
  const number = Number(port || (protocol === 'https:' ? 443 : 80))
  const [, name] = /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(hostname) ?? []
  if (name) return { to: [namespace(name)], ports: tcp(number) }
  return isIP(hostname) === 4 ? toAddresses(number, [`${hostname}/32`]) : { ...toPublicHttps, ports: tcp(number) }
}

/** The API server, whose address no policy can name; only operators' own processes are given this. */
export const toApiServer: NetworkPolicyEgressRule = {
  to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }],
  ports: tcp(443, 6443),
}

/** Who may call the API. */
export function fromClients({ exposure }: Environment): NetworkPolicyIngressRule[] {
  switch (exposure.kind) {
    case 'gateway':
      return [fromNamespace(exposure.gateway.namespace, ports.http)]
    case 'ingress':
      return [fromNamespace(exposure.controllerNamespace, ports.http)]
    case 'internal':
      return exposure.clientNamespaces.map((name) => fromNamespace(name, ports.http))
  }
}
