import { z } from 'zod'
import { unroutablePart } from '../address-ranges.ts'
import { PodsDestination } from './destination.ts'
import { canonicalError, isCanonical } from './scalars.ts'

/** Port of the resolvers, for UDP and TCP. */
const ports = z.array(z.int().min(1).max(65_535)).min(1).default([53])

const linkLocal = /^169\.254\./
const isAllowed = (range: string): boolean => {
  const part = unroutablePart(range)
  return part === undefined || (linkLocal.test(range) && range.endsWith('/32'))
}

/** IPv4 range of resolvers. NodeLocal DNSCache listens on a link-local address, which is allowed as one address only. */
const ResolverRange = z
  .cidrv4({ error: 'an IPv4 range, e.g. "10.96.0.10/32"', abort: true })
  .refine((range) => Number(range.split('/')[1]) >= 8, 'an IPv4 range no wider than /8, e.g. "10.96.0.10/32"')
  .refine(isCanonical, { error: canonicalError })
  .refine(
    isAllowed,
    'addresses of other hosts, or one link-local address, e.g. "169.254.20.10/32", because a range may include the metadata service of the cloud',
  )

const ResolverPods = PodsDestination.extend({ ports })
const ResolverAddresses = z
  .strictObject({ kind: z.literal('addresses'), cidrs: z.array(ResolverRange).min(1), ports })
  .refine(
    ({ cidrs, ports: numbers }) =>
      !cidrs.some((range) => linkLocal.test(range)) || numbers.every((port) => port === 53),
    { path: ['ports'], error: '53 for a link-local address, because the metadata service of a cloud has one too' },
  )

/**
 * DNS resolvers of the cluster, which the NetworkPolicies of pods allow. The default is CoreDNS as most distributions install it. Examples:
 * OpenShift `{ kind: 'pods', namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, ports: [5353] }`,
 * NodeLocal DNSCache `{ kind: 'addresses', cidrs: ['169.254.20.10/32'] }`, in addition to the default.
 */
export const ClusterDns = z
  .array(z.discriminatedUnion('kind', [ResolverPods, ResolverAddresses]))
  .min(1)
  .default([{ kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, ports: [53] }])
