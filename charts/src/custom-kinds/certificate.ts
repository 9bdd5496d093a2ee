import { customKind } from './custom-kind.ts'

interface IssuerReference {
  group: 'cert-manager.io'
  kind: 'Issuer' | 'ClusterIssuer'
  name: string
}

/** What we write of cert-manager's kinds; the schema check holds it against the whole definitions. */
export interface CertificateSpec {
  secretName: string
  commonName?: string
  isCA?: true
  duration?: string
  dnsNames?: string[]
  usages?: string[]
  issuerRef: IssuerReference
  privateKey: { algorithm: 'ECDSA'; size: number; rotationPolicy: 'Always' }
}

export class Certificate extends customKind<CertificateSpec>({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
}) {}

export type IssuerSpec = { selfSigned: Record<string, never> } | { ca: { secretName: string } }

export class Issuer extends customKind<IssuerSpec>({ apiVersion: 'cert-manager.io/v1', kind: 'Issuer' }) {}
