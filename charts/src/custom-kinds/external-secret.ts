import { customKind } from './custom-kind.ts'

/** What we write of external-secrets' kind; the schema check holds it against the whole definition. */
export interface ExternalSecretSpec {
  refreshInterval: string
  secretStoreRef: { kind: 'SecretStore' | 'ClusterSecretStore'; name: string }
  target: {
    name: string
    creationPolicy: 'Owner'
    deletionPolicy: 'Retain'
    template: {
      engineVersion: 'v2'
      metadata?: { labels: Record<string, string> }
      data: Record<string, string>
    }
  }
  dataFrom: { extract: { key: string } }[]
}

export class ExternalSecret extends customKind<ExternalSecretSpec>({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
}) {}
