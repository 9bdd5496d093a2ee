import {
  type CertificateSpecPrivateKey,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
} from './generated/cert-manager.io.js'

/** Private key of every certificate that cert-manager issues here: ECDSA P-256, a new one at each renewal. */
export const privateKey: CertificateSpecPrivateKey = {
  algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA,
  size: 256,
  rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
}
