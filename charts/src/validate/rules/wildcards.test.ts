import { expect, test } from 'vitest'
import { exampleSubject, withValue } from '../example-objects.ts'
import { wildcards } from './wildcards.ts'

test('the example is right', () => {
  expect(wildcards(exampleSubject())).toEqual([])
})

test.each(['apiGroups', 'resources', 'verbs'])('a role with "*" in %s is named', (field) => {
  expect(wildcards(withValue('Role', `rules[0].${field}`, ['*']))).toMatchObject([{ field: `rules[0].${field}` }])
})
