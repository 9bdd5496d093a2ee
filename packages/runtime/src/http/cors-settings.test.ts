import { expect, test } from 'vitest'
import { corsSettings } from './cors-settings.ts'

test('no origin is allowed by default', () => {
  expect(corsSettings([])).toBeUndefined()
  expect(corsSettings([], { allow_credentials: true, allow_methods: ['GET'] })).toBeUndefined()
})

test('allows exact origins, origins with any port, and a pattern that matches the whole origin', () => {
  const settings = corsSettings(['https://app.example.com', 'http://localhost:*', 'http://[::1]:*'], {
    allow_origins: ['https://other.example.com:8443'],
    allow_origin_regex: 'https://[a-z]+\\.example\\.org',
  })
  const allowed = [
    'https://app.example.com',
    'http://localhost',
    'http://localhost:3000',
    'http://[::1]:5173',
    'https://other.example.com:8443',
    'https://any.example.org',
  ]
  const refused = [
    'null',
    'http://app.example.com',
    'https://app.example.com:444',
    'https://app.example.com.evil.example',
    'https://localhost:3000',
    'http://localhost.evil.example:3000',
    'http://localhost:3000.evil.example',
    'https://any.example.org.evil.example',
    'https://evil.example/https://any.example.org',
    'https://other.example.com',
  ]
  expect(allowed.filter((origin) => !settings?.allows(origin))).toEqual([])
  expect(refused.filter((origin) => settings?.allows(origin))).toEqual([])
})

test.each([
  [['*'], { allow_credentials: true }],
  [[], { allow_origins: ['*'], allow_credentials: true }],
  [[], { allow_origin_regex: '.*', allow_credentials: true }],
  [[], { allow_origin_regex: 'https?://.+|null', allow_credentials: true }],
])('rejects credentials for pages of any origin: %j %j', (origins, cors) => {
  expect(() => corsSettings(origins, cors)).toThrow('http.cors.allow_credentials is true, but every origin is allowed')
})

test('a list of methods or headers with "*" allows any, and the headers of the API are always exposed', () => {
  const settings = corsSettings(['*'], { allow_methods: ['*'], allow_headers: ['*'], expose_headers: ['x-request-id'] })
  expect(settings).toMatchObject({ headers: [], credentials: false, allowsAll: true, maxAgeSeconds: 600 })
  expect(settings?.methods).toContain('PATCH')
  expect(settings?.exposed).toEqual(
    expect.arrayContaining([
      'Content-Location',
      'Location',
      'X-Pagination-Total',
      'X-Pagination-Next',
      'Hadal-Ignored-Fields',
      'x-request-id',
    ]),
  )
})
