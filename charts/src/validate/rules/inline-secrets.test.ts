import { expect, test } from 'vitest'
import { exampleSubject, withObject } from '../example-objects.ts'
import { inlineSecrets } from './inline-secrets.ts'

test('the example is right', () => {
  expect(inlineSecrets(exampleSubject())).toEqual([])
})

test('a Secret with a value is named by its key, and the value is not shown', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, data: { password: 'aHVudGVyMg==' } }
  const found = inlineSecrets(withObject(secret))
  expect(found).toMatchObject([{ field: 'data.password' }])
  expect(JSON.stringify(found.map(({ problem, mend }) => problem + mend))).not.toContain('aHVudGVyMg')
})
