/** What we write of external-secrets' kind; the schema check holds it against the whole definition. */
export interface ExternalSecret {
  apiVersion: 'external-secrets.io/v1'
  kind: 'ExternalSecret'
  spec: {
    refreshInterval: string
    secretStoreRef: { kind: 'SecretStore' | 'ClusterSecretStore'; name: string }
    target: {
      name: string
      creationPolicy: 'Owner'
      deletionPolicy: 'Retain'
      template?: { metadata: { labels: Record<string, string> } }
    }
    data: { secretKey: string; remoteRef: { key: string; property: string } }[]
  }
}
