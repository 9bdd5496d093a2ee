import { expect, test } from 'vitest'
import { type Case, dangers, deployment, externalSecret, mounts } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a Secret without its key',
    [externalSecret(['url', 'read-url'])],
    [externalSecret(['url'])],
    ['lost-secrets: ExternalSecret x: Secret db loses its key read-url.'],
  ],
  [
    'a renamed Secret',
    [externalSecret(['url'])],
    [externalSecret(['url'], 'database')],
    ['lost-secrets: ExternalSecret x: Secret db is not made any more.'],
  ],
  ['a Secret that another object makes', [externalSecret(['url'])], [externalSecret(['url'], 'db', 'y')], []],
  [
    'a pod that reads a Secret which nothing makes',
    [deployment({}, mounts('db', 'url'))],
    [deployment({}, mounts('db', 'address'))],
    ['lost-secrets: Deployment x: Its pods read db/address, which nothing rendered makes and nobody read before.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
