import { z } from 'zod'
import { firstAddress, unroutablePart } from '../address-ranges.ts'

/** Schema of a DNS label (RFC 1123). It has at most 40 characters, so that names derived from it fit into 63. */
export const DnsLabel = z
  .string()
  .max(40, 'at most 40 characters, so that names derived from it fit into 63')
  .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'lower-case letters, digits and "-", starting with a letter, e.g. "prod"')

/** Schema of a DNS name such as `agents.example.com`. */
export const HostName = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]([-a-z0-9]*[a-z0-9])?$/, 'a DNS name, e.g. "agents.example.com"')

/** Schema of the key of a label or an annotation. */
export const LabelKey = z
  .string()
  .regex(
    /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    'the key of a label, e.g. "app.kubernetes.io/name"',
  )
/** Schema of the value of a label. */
export const LabelValue = z
  .string()
  .regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, 'the value of a label, e.g. "litellm"')

/** Schema of an amount of CPU as a Kubernetes quantity: cores (`2`, `0.5`) or thousandths of a core (`500m`). */
export const Cpu = z
  .string()
  .regex(
    /^([1-9]\d{0,5}m|[1-9]\d{0,3}(\.\d{1,3})?|0\.(?!0+$)\d{1,3})$/,
    'cores or thousandths of a core above 0, e.g. "2" or "500m"',
  )

/** Schema of an amount of bytes as a Kubernetes quantity with a binary suffix. `512M` and `512MB` are rejected, so that there is one notation. */
export const Memory = z
  .string()
  .regex(/^[1-9]\d{0,8}(Ki|Mi|Gi|Ti)$/, 'a whole number with Ki, Mi, Gi or Ti, e.g. "512Mi"')

/** Schema of a Prometheus duration with one unit: `5m`, `6h`, `3d`. */
export const Window = z.string().regex(/^[1-9]\d{0,5}[smhd]$/, 'a whole number with s, m, h or d, e.g. "5m"')

/** Whether an IPv4 range begins with its first address. Kubernetes rejects other notations of it in new objects. */
export const isCanonical = (range: string): boolean => range.startsWith(`${firstAddress(range)}/`)
export const canonicalError = ({ input }: { readonly input?: unknown }): string =>
  `an IPv4 range that begins with its first address: "${firstAddress(String(input))}/${String(input).split('/')[1]}"`

/**
 * Schema of an IPv4 range for a NetworkPolicy. A range wider than /8 is rejected, because it would make the policy useless. A range with
 * link-local, loopback or multicast addresses is rejected, because the metadata service of a cloud is at 169.254.169.254.
 */
export const Cidr = z
  .cidrv4({ error: 'an IPv4 range, e.g. "10.20.0.0/16"', abort: true })
  .refine((range) => Number(range.split('/')[1]) >= 8, {
    error: 'an IPv4 range no wider than /8, e.g. "10.20.0.0/16"',
    abort: true,
  })
  .refine(isCanonical, { error: canonicalError, abort: true })
  .refine((range) => unroutablePart(range) === undefined, {
    error: ({ input }) =>
      `an IPv4 range without link-local, loopback, multicast, broadcast and this-network addresses; this one has addresses of ${unroutablePart(String(input))}`,
  })

/** Schema of a URL with https. */
export const HttpsUrl = z.url({ protocol: /^https$/, error: 'an address that begins with https://' })

/** Schema of a URL with https or http. */
export const HttpUrl = z.url({ protocol: /^https?$/, error: 'an address that begins with https:// or http://' })

/**
 * Schema of an origin of web pages as browsers send it, such as `https://app.example.com`. `*` in place of the port allows every port, and `*` alone
 * every origin.
 */
export const WebOrigin = z
  .string()
  .regex(
    /^(\*|[a-z][-+.a-z0-9]*:\/\/(\[[0-9a-f:]+\]|[-._a-z0-9]+)(:(\d{1,5}|\*))?)$/,
    'an origin in lower case without a path, e.g. "https://app.example.com" or "http://localhost:*"',
  )

/** Resource requests and limits of one container. Ephemeral storage is limited too, because a full disk evicts all pods of a node. */
export const Resources = z.strictObject({
  requests: z.strictObject({ cpu: Cpu, memory: Memory, ephemeralStorage: Memory.default('256Mi') }),
  limits: z.strictObject({ cpu: Cpu, memory: Memory, ephemeralStorage: Memory.default('1Gi') }),
})
export type Resources = z.infer<typeof Resources>

/** Volume claim of a database or Redis. Without `class` it uses the cluster's default StorageClass. */
export const Storage = z.strictObject({ size: Memory, class: DnsLabel.optional() })
export type Storage = z.infer<typeof Storage>
