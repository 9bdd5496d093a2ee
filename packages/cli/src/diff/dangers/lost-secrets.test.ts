import { expect, test } from 'vitest'
import { type Case, dangers, deployment, externalSecret, mounts } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a Secret without its key',
    [externalSecret(['url', 'read-url'])],
    [externalSecret(['url'])],
    ['lost-secrets: ExternalSecret x: Secret db no longer has the key read-url.'],
  ],
  [
    'a renamed Secret',
    [externalSecret(['url'])],
    [externalSecret(['url'], 'database')],
    ['lost-secrets: ExternalSecret x: Secret db is no longer created.'],
  ],
  [
    'a key that the secret store must have',
    [externalSecret(['url'])],
    [externalSecret(['url', 'read-url'])],
    ['lost-secrets: ExternalSecret x: Secret db newly requires the key read-url in the secret store.'],
  ],
  ['a Secret that another object creates', [externalSecret(['url'])], [externalSecret(['url'], 'db', 'y')], []],
  [
    'a pod that reads a Secret which nothing creates',
    [deployment({}, mounts('db', 'url'))],
    [deployment({}, mounts('db', 'address'))],
    ['lost-secrets: Deployment x: Its pods now read db/address, which no rendered object creates.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
