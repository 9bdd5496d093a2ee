import { z } from 'zod'
import { DnsLabel } from './scalars.ts'

/** How the Kubernetes Secrets are created: by external-secrets from a secret store, or by Pulumi from its encrypted configuration. */
export const Secrets = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('external-secrets'),
    store: z.strictObject({ kind: z.enum(['SecretStore', 'ClusterSecretStore']), name: DnsLabel }),
    /** Path of this environment's secrets in the store. The Secret `db-credentials` is read from `<path>/db-credentials`. */
    path: z.string().regex(/^[\w-]+(\/[\w-]+)*$/, 'a path without leading or trailing "/", e.g. "hadal/prod"'),
    refreshMinutes: z.int().min(1).max(1440).default(60),
  }),
  z.strictObject({ kind: z.literal('pulumi') }),
])
export type Secrets = z.infer<typeof Secrets>
