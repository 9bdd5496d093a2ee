import { z } from 'zod'
import { Cidr, LabelKey, LabelValue } from './scalars.ts'

const ports = z.array(z.int().min(1).max(65_535)).min(1)

const NamespaceName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'the name of a namespace, e.g. "litellm"')

/** Pods of another namespace, as the destination of a connection. */
export const PodsDestination = z.strictObject({
  kind: z.literal('pods'),
  namespace: NamespaceName,
  /** Labels that select the pods. At least one, because a selector without labels selects the whole namespace. */
  labels: z
    .record(LabelKey, LabelValue)
    .refine((labels) => Object.keys(labels).length > 0, 'an object with at least one label of the pods'),
  /** TCP ports of the pods. A Service may have other ports: a NetworkPolicy applies to the port on which the pod listens. */
  ports,
})

/** IPv4 ranges, as the destination of a connection. */
export const AddressesDestination = z.strictObject({
  kind: z.literal('addresses'),
  cidrs: z.array(Cidr).min(1),
  /** TCP ports. */
  ports,
})

/** Destination of connections that a NetworkPolicy allows: pods or IPv4 ranges, with TCP ports. A NetworkPolicy can't use host names. */
export const Destination = z.discriminatedUnion('kind', [PodsDestination, AddressesDestination])
export type Destination = z.infer<typeof Destination>

/** Destination of the connections to a URL. */
export const UrlDestination = z.discriminatedUnion('kind', [
  PodsDestination.extend({
    /** Whether the URL may begin with `http://`. Requests and keys then cross the cluster's network without TLS. */
    plainHttp: z.boolean().default(false),
  }),
  AddressesDestination,
])
export type UrlDestination = z.infer<typeof UrlDestination>
