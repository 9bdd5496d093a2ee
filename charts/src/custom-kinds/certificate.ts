interface IssuerReference {
  group: 'cert-manager.io'
  kind: 'Issuer' | 'ClusterIssuer'
  name: string
}

/** What we write of cert-manager's kinds; the schema check holds it against the whole definitions. */
export interface Certificate {
  apiVersion: 'cert-manager.io/v1'
  kind: 'Certificate'
  spec: {
    secretName: string
    commonName?: string
    isCA?: true
    duration?: string
    dnsNames?: string[]
    usages?: string[]
    issuerRef: IssuerReference
    privateKey: { algorithm: 'ECDSA'; size: number; rotationPolicy: 'Always' }
  }
}

export interface Issuer {
  apiVersion: 'cert-manager.io/v1'
  kind: 'Issuer'
  spec: { selfSigned: Record<string, never> } | { ca: { secretName: string } }
}
