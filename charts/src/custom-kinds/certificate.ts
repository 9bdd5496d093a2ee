/** What we write of cert-manager's kind; the schema check holds it against the whole definition. */
export interface Certificate {
  apiVersion: 'cert-manager.io/v1'
  kind: 'Certificate'
  spec: {
    secretName: string
    dnsNames: string[]
    issuerRef: { group: 'cert-manager.io'; kind: 'Issuer' | 'ClusterIssuer'; name: string }
    privateKey: { algorithm: 'ECDSA'; size: number; rotationPolicy: 'Always' }
  }
}
