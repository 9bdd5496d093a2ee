import { expect, test } from 'vitest'
import { type Case, dangers, kept, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'protection that is partly removed',
    [object('Service', { metadata: kept })],
    [object('Service', { metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false' } } })],
    ['prune-protection: Service x: The sync option Prune=false is removed.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
