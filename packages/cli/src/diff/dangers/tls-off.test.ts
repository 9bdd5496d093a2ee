import { expect, test } from 'vitest'
import { type Case, dangers, ingress, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'an Ingress without its certificate',
    [ingress({ tls: [{ secretName: 's' }] })],
    [ingress({})],
    ['tls-off: Ingress x: TLS is disabled.'],
  ],
  [
    'an address without TLS',
    [object('ConfigMap', { data: { REDIS: 'rediss://r:6379' } })],
    [object('ConfigMap', { data: { REDIS: 'redis://r:6379' } })],
    ['tls-off: ConfigMap x: An address or option with TLS is replaced by one without TLS.'],
  ],
  ...[
    ['true', 'false'],
    ['verify', 'off'],
    ['verify-full', undefined],
  ].map(
    ([on, off]): Case => [
      `a variable with TLS that changes from ${on} to ${off}`,
      [object('ConfigMap', { data: { REDIS_TLS: on } })],
      [object('ConfigMap', { data: { REDIS_TLS: off } })],
      ['tls-off: ConfigMap x: TLS is disabled.'],
    ],
  ),
  [
    'a variable that turns TLS on, or verifies more',
    [object('ConfigMap', { data: { REDIS_TLS: 'off', DATABASE_TLS: 'require' } })],
    [object('ConfigMap', { data: { REDIS_TLS: 'verify', DATABASE_TLS: 'verify-full' } })],
    [],
  ],
  [
    'an address with TLS elsewhere',
    [object('ConfigMap', { data: { A: 'https://a' } })],
    [object('ConfigMap', { data: { A: 'https://b' } })],
    [],
  ],
  [
    'the removed certificate of an exposed API',
    [ingress({}), object('Certificate', {})],
    [ingress({})],
    ['tls-off: Certificate x: Certificate x is removed.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
