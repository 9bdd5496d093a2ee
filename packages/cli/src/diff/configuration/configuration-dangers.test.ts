import { caCertificates } from '@hadal/platform/fixtures/ca-certificates'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { configurationDangers } from './configuration-dangers.ts'

test('a new trusted CA is a danger, and its text is not repeated in the sentence', () => {
  const before = soundEnvironment()
  const after = soundEnvironment({ trustedCertificates: { platform: caCertificates.one } })
  expect(configurationDangers(before, after).map(({ rule, field, what }) => `${rule}: ${field}: ${what}`)).toEqual([
    'weaker-guards: trustedCertificates.platform: It changes from not set to a text of 11 lines.',
  ])
})
