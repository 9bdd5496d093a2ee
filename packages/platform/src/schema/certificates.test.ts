import { expect, test } from 'vitest'
import { caCertificates } from '../fixtures/ca-certificates.ts'
import { soundEnvironment } from '../fixtures/example-environment.ts'
import { Certificates } from './certificates.ts'

test('accepts one certificate, and several in one text', () => {
  expect(Certificates.safeParse(caCertificates.one).success).toBe(true)
  expect(Certificates.safeParse(`${caCertificates.one}\n${caCertificates.two}`).success).toBe(true)
})

test.each([
  ['an empty text', ''],
  ['a file name', '/etc/ssl/ca.crt'],
  ['a broken certificate', caCertificates.one.replace(/[A-Za-z]{40}/, '')],
  [
    'a private key beside a certificate',
    `${caCertificates.one}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`,
  ],
])('rejects %s, and names the field', (_, text) => {
  expect(() => soundEnvironment({ trustedCertificates: { platform: text } })).toThrow(
    /trustedCertificates\.platform.*one or more certificates in PEM format/,
  )
})
