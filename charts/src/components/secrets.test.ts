import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { secretsOf } from '@hadal/platform/secret-table'
import { expect, test } from 'vitest'
import { rendered } from '../fixtures/rendered.ts'
import { renderEnvironment } from '../render-environment.ts'

const environment = soundEnvironment({
  secrets: { kind: 'external-secrets', store: { kind: 'ClusterSecretStore', name: 'store' }, path: 'hadal/test' },
})
const path = 'secrets/ExternalSecret.db-credentials.yaml'

test('each Secret of the table has exactly the keys of the table, from its entry in the store', () => {
  const wanted = new Map<string, string[]>()
  for (const { secret, key, maker } of secretsOf(environment))
    if (maker === 'secrets') wanted.set(secret, [...(wanted.get(secret) ?? []), key].sort())
  const made = renderEnvironment(environment)
    .filter(({ kind }) => kind === 'ExternalSecret')
    .map(({ name, path: file }): [string, string[]] => {
      expect(rendered(environment, file, 'spec', 'dataFrom')).toEqual([{ extract: { key: `hadal/test/${name}` } }])
      return [name, Object.keys(rendered(environment, file, 'spec', 'target', 'template', 'data') as object).sort()]
    })
  expect(new Map(made)).toEqual(wanted)
})

test('an entry that lacks a key is an error of the ExternalSecret, which names the entry and the key', () => {
  expect(rendered(environment, path, 'spec', 'target', 'template', 'data', 'direct-url')).toBe(
    '{{ with index . `direct-url` }}{{ . }}{{ else }}{{ fail `hadal/test/db-credentials has no direct-url` }}{{ end }}',
  )
})

test("the database's operator sees a new password, and no pod loses what it has when the store is away", () => {
  expect(rendered(environment, path, 'spec', 'target', 'template', 'metadata', 'labels')).toEqual({
    'cnpg.io/reload': 'true',
  })
  expect(rendered(environment, path, 'spec', 'target', 'deletionPolicy')).toBe('Retain')
})
