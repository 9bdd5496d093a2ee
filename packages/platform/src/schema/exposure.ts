import { z } from 'zod'
import { DnsLabel, HostName, HttpsUrl } from './scalars.ts'

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
    /** Whether the Gateway's listener terminates TLS. */
    tls: z.boolean().default(true),
  }),
  /** Exposure by an Ingress with a certificate from cert-manager. */
  z.strictObject({
    kind: z.literal('ingress'),
    host: HostName,
    className: DnsLabel,
    /** Namespace of the Ingress controller, the only one whose pods may connect. */
    controllerNamespace: DnsLabel,
    issuer: z.strictObject({ kind: z.enum(['Issuer', 'ClusterIssuer']), name: DnsLabel }),
    tls: z.boolean().default(true),
  }),
  /** No exposure outside the cluster: only the Service, for pods of the named namespaces. */
  z.strictObject({ kind: z.literal('internal'), clientNamespaces: z.array(DnsLabel).default([]) }),
])
export type Exposure = z.infer<typeof Exposure>

/** How clients of the API authenticate. */
export const Access = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('api-keys') }),
  z.strictObject({ kind: z.literal('oidc'), issuer: HttpsUrl, audience: z.string().min(1) }),
])
export type Access = z.infer<typeof Access>
