import { X509Certificate } from 'node:crypto'
import { z } from 'zod'

const oneCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Whether a text consists of one or more certificates in PEM format, and of nothing else, such as a private key. */
function hasOnlyCertificates(text: string): boolean {
  const certificates = text.match(oneCertificate) ?? []
  if (certificates.length === 0 || text.replaceAll(oneCertificate, '').trim() !== '') return false
  return certificates.every((certificate) => {
    try {
      new X509Certificate(certificate)
      return true
    } catch {
      return false
    }
  })
}

/** Schema of one or more certificates in PEM format. They are public, so they may be in Git. */
export const Certificates = z.string().refine(hasOnlyCertificates, {
  error: 'one or more certificates in PEM format ("-----BEGIN CERTIFICATE-----"), and nothing else',
})
