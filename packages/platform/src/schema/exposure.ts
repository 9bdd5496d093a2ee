import { z } from 'zod'
import { Cidr, DnsLabel, HostName } from './scalars.ts'

/** Fields about the proxies and load balancers that forward clients' requests to the API. */
const proxies = {
  /**
   * IPv4 ranges from which load balancers outside the cluster connect to the API's pods, for requests and health checks. Every host in a range
   * may call the API.
   */
  proxyAddresses: z.array(Cidr).min(1).optional(),
  /**
   * Number of addresses that the proxies append to `X-Forwarded-For`. The first of them is the client's address, by which rate limits count. If
   * the number is too high, a client can forge its address; if it is too low, all clients share one limit.
   */
  trustedProxies: z.int().min(1).max(10).default(1),
}

/** How clients outside the namespace reach the API. */
export const Exposure = z.discriminatedUnion('kind', [
  /** Exposure by an HTTPRoute on an existing Gateway, whose listener terminates TLS. */
  z.strictObject({
    kind: z.literal('gateway'),
    host: HostName,
    gateway: z.strictObject({
      name: DnsLabel,
      namespace: DnsLabel,
      /** Name of the Gateway's listener. Default: `https`, or `http` without TLS. */
      listener: DnsLabel.optional(),
    }),
    /** Namespace of the pods that forward the Gateway's requests. Default: the Gateway's namespace, unless there are `proxyAddresses`. */
    proxyNamespace: DnsLabel.optional(),
    ...proxies,
    /** Whether the Gateway's listener terminates TLS. */
    tls: z.boolean().default(true),
  }),
  /** Exposure by an Ingress with a certificate from cert-manager. */
  z.strictObject({
    kind: z.literal('ingress'),
    host: HostName,
    className: DnsLabel,
    /** Namespace of the Ingress controller, whose pods forward the requests. Required, unless there are `proxyAddresses`. */
    controllerNamespace: DnsLabel.optional(),
    ...proxies,
    issuer: z.strictObject({ kind: z.enum(['Issuer', 'ClusterIssuer']), name: DnsLabel }),
    tls: z.boolean().default(true),
  }),
  /** No exposure outside the cluster: only the Service, for pods of the named namespaces. */
  z.strictObject({ kind: z.literal('internal'), clientNamespaces: z.array(DnsLabel).default([]) }),
])
export type Exposure = z.infer<typeof Exposure>
