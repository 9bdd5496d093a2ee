import { expect, test } from 'vitest'
import { exampleSubject, withValue } from '../fixtures/example-objects.ts'
import { hooks } from './hooks.ts'

test('the example has no problem', () => {
  expect(hooks(exampleSubject())).toEqual([])
})

test('a hook without a delete policy is reported', () => {
  const annotated = (annotations: Record<string, string>) =>
    hooks(withValue('Deployment', 'metadata.annotations', annotations))
  expect(annotated({ 'argocd.argoproj.io/hook': 'Sync' })).toMatchObject([
    { problem: "Deployment web is a hook without a delete policy, so the next sync can't create it again." },
  ])
  expect(
    annotated({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    }),
  ).toEqual([])
})
