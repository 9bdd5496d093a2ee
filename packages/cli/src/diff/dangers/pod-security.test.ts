import { expect, test } from 'vitest'
import { type Case, dangers, labelled, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a namespace with a weaker PodSecurity level',
    [object('Namespace', { metadata: labelled('restricted') })],
    [object('Namespace', { metadata: labelled('baseline') })],
    ['pod-security: Namespace x: PodSecurity changes from restricted to baseline.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
