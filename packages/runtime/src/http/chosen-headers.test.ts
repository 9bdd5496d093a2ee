import { expect, test } from 'vitest'
import { chosenHeaders, runHeaders, withoutHeaders } from './chosen-headers.ts'

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

test('a wildcard gives a run no header with the name of a key that the server or a middleware reads', () => {
  const reserved = new Headers({ tenant: 'other', constructor: 'x', ttl: '1h', 'x-user-id': 'ada' })
  expect(runHeaders(reserved, { includes: ['*'], excludes: [] })).toEqual({ 'x-user-id': 'ada' })
})

test('a client can not set the key of a chosen header in its configuration', () => {
  const names = { includes: ['x-user-id', 'x-role'], excludes: [] }
  expect(withoutHeaders({ 'X-Role': 'admin', 'x-user-id': 'eve', language: 'de' }, names)).toEqual({ language: 'de' })
  expect(withoutHeaders({ 'x-role': 'admin' }, { includes: [], excludes: [] })).toEqual({ 'x-role': 'admin' })
})
