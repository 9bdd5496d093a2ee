import { expect, test } from 'vitest'
import { changed, soundSubject } from '../fixtures/sound-subject.ts'
import { secrets } from './secrets.ts'

test('a Secret with values in a manifest is missing its secrecy', () => {
  const [first] = soundSubject().objects
  if (!first) throw new Error('Nothing is rendered.')
  const metadata = { name: 'stray' }
  const inline = {
    ...first,
    kind: 'Secret',
    name: 'stray',
    path: 'secrets/Secret.stray.yaml',
    object: { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { key: 'value' } },
  }
  const { missing } = secrets.answer(soundSubject({ objects: (objects) => [...objects, inline] }))
  expect(missing).toEqual([
    {
      problem: 'Secret stray stands in Git with its values.',
      mend: expect.stringContaining('Take it out'),
      file: 'environments/sound/manifests/secrets/Secret.stray.yaml',
      line: 1,
    },
  ])
})

test('Secrets that Pulumi makes are shown by name', () => {
  const { missing, evidence } = secrets.answer(soundSubject({ environment: { secrets: { kind: 'pulumi' } } }))
  expect(missing).toEqual([])
  expect(evidence[0]?.says).toBe(
    'Pulumi makes db-credentials, redis-credentials, llm-credentials, encryption-keys, langsmith-credentials, backup-credentials from its encrypted configuration (default)',
  )
})

test("a protected environment whose pods are not told to refuse plain providers' keys is missing that", () => {
  const objects = changed('ConfigMap', 'deep-agents-settings', ['data', 'PROVIDER_KEYS'], 'plain')
  expect(secrets.answer(soundSubject({ objects })).missing.map(({ problem }) => problem)).toEqual([
    'Not every agent pod gets PROVIDER_KEYS=encrypted.',
  ])
  expect(secrets.answer(soundSubject()).missing).toEqual([])
})
