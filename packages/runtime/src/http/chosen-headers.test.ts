import { expect, test } from 'vitest'
import { chosenHeaders, withHeaders } from './chosen-headers.ts'

const headers = new Headers({
  Authorization: 'Bearer secret',
  Cookie: 'session=secret',
  'X-User-Id': 'ada',
  'X-Internal': 'yes',
  Host: 'example',
  thread_id: 'x',
})

test('no header is chosen by default', () => {
  expect(chosenHeaders(headers, { includes: [], excludes: [] })).toEqual({})
})

test('a wildcard chooses neither credentials nor headers of the connection nor keys of a configuration', () => {
  expect(chosenHeaders(headers, { includes: ['*'], excludes: [] })).toEqual({ 'x-user-id': 'ada', 'x-internal': 'yes' })
})

test('an exact name chooses credentials, and an exclusion takes precedence', () => {
  expect(chosenHeaders(headers, { includes: ['Authorization', 'x-*'], excludes: ['x-in*'] })).toEqual({
    authorization: 'Bearer secret',
    'x-user-id': 'ada',
  })
})

test('a client can not set the key of a chosen header in its configuration', () => {
  const names = { includes: ['x-user-id', 'x-role'], excludes: [] }
  expect(withHeaders({ 'X-Role': 'admin', 'x-user-id': 'eve', language: 'de' }, headers, names)).toEqual({
    language: 'de',
    'x-user-id': 'ada',
  })
})
