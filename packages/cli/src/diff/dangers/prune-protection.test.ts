import { expect, test } from 'vitest'
import { type Case, dangers, kept, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'protection that is dropped in part',
    [object('Service', { metadata: kept })],
    [object('Service', { metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false' } } })],
    ['prune-protection: Service x: Prune=false is dropped.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
