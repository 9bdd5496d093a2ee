import { expect, test } from 'vitest'
import { exampleSubject, withObject, withValue } from '../fixtures/example-objects.ts'
import { inlineSecrets } from './inline-secrets.ts'

test('the example has no problem', () => {
  expect(inlineSecrets(exampleSubject())).toEqual([])
})

test('a Secret with a value is reported by its key, without the value', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, data: { password: 'aHVudGVyMg==' } }
  const found = inlineSecrets(withObject(secret))
  expect(found).toMatchObject([{ field: 'data.password' }])
  expect(JSON.stringify(found.map(({ problem, mend }) => problem + mend))).not.toContain('aHVudGVyMg')
})

test.each([
  ['a private key', '-----BEGIN EC PRIVATE KEY-----\nabc'],
  ['an address with a password', 'postgres://owner:hunter2@db.example.com/x'],
  ['a Fernet token', `gAAAAA${'b'.repeat(80)}`],
  ['an API key', `sk-ant-${'a'.repeat(40)}`],
])('%s in a ConfigMap is reported by its field, without the value', (what, value) => {
  const found = inlineSecrets(withValue('ConfigMap', 'data.mode', value))
  expect(found).toMatchObject([{ field: 'data.mode', problem: `The value looks like ${what}.` }])
  expect(JSON.stringify(found.map(({ problem, mend }) => problem + mend))).not.toContain(value)
})
