import { z } from 'zod'
import { DnsLabel } from './scalars.ts'

/** Who makes the Kubernetes Secrets: external-secrets from a store, or Pulumi from its encrypted configuration. */
export const Secrets = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('external-secrets'),
    store: z.strictObject({ kind: z.enum(['SecretStore', 'ClusterSecretStore']), name: DnsLabel }),
    /** Where in the store this environment's secrets stand; a Secret `db-credentials` is read from `<path>/db-credentials`. */
    path: z.string().regex(/^[\w-]+(\/[\w-]+)*$/, 'a path without leading or trailing "/", e.g. "hadal/prod"'),
    refreshMinutes: z.int().min(1).max(1440).default(60),
  }),
  z.strictObject({ kind: z.literal('pulumi') }),
])
export type Secrets = z.infer<typeof Secrets>
