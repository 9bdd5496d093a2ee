import {
  type CertificateSpecPrivateKey,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
} from './generated/cert-manager.io.js'

/** Private key of every certificate of an environment that cert-manager issues: ECDSA P-256, a new key at each renewal. */
export const privateKey: CertificateSpecPrivateKey = {
  algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA,
  size: 256,
  rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
}
