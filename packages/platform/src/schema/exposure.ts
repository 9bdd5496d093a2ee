import { z } from 'zod'
import { DnsLabel, HostName, HttpsUrl } from './scalars.ts'

/** How clients reach the API from outside its namespace. */
export const Exposure = z.discriminatedUnion('kind', [
  /** An HTTPRoute on a Gateway that the cluster brings; its listener ends TLS. */
  z.strictObject({
    kind: z.literal('gateway'),
    host: HostName,
    gateway: z.strictObject({ name: DnsLabel, namespace: DnsLabel, listener: DnsLabel.default('https') }),
    tls: z.boolean().default(true),
  }),
  /** An Ingress with a certificate by cert-manager. */
  z.strictObject({
    kind: z.literal('ingress'),
    host: HostName,
    className: DnsLabel,
    /** Namespace of the controller's pods: the only ones that may open a connection. */
    controllerNamespace: DnsLabel,
    issuer: z.strictObject({ kind: z.enum(['Issuer', 'ClusterIssuer']), name: DnsLabel }),
    tls: z.boolean().default(true),
  }),
  /** Nothing but the Service: pods of the named namespaces only. */
  z.strictObject({ kind: z.literal('internal'), clientNamespaces: z.array(DnsLabel).default([]) }),
])
export type Exposure = z.infer<typeof Exposure>

/** Who is let in once the connection stands. */
export const Access = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('api-keys') }),
  z.strictObject({ kind: z.literal('oidc'), issuer: HttpsUrl, audience: z.string().min(1) }),
])
export type Access = z.infer<typeof Access>
