import { expect, test } from 'vitest'
import { changed, soundSubject } from '../fixtures/sound-subject.ts'
import { secrets } from './secrets.ts'

test('the item is missing if a manifest contains a Secret with values', () => {
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
      problem: 'Secret stray is committed to Git with its values.',
      mend: expect.stringContaining('Remove it'),
      file: 'environments/sound/manifests/secrets/Secret.stray.yaml',
      line: 1,
    },
  ])
})

test('Secrets that Pulumi creates are shown by name', () => {
  const { missing, evidence } = secrets.answer(soundSubject({ environment: { secrets: { kind: 'pulumi' } } }))
  expect(missing).toEqual([])
  expect(evidence[0]?.says).toBe(
    'Pulumi creates db-credentials, redis-credentials, llm-credentials, encryption-keys, langsmith-credentials, backup-credentials, deletion-log-credentials, backup-keys from its encrypted configuration (default)',
  )
})

test("the item is missing if the pods of a protected environment accept plain providers' keys", () => {
  const objects = changed('ConfigMap', 'deep-agents-settings', ['data', 'PROVIDER_KEYS'], 'plain')
  expect(secrets.answer(soundSubject({ objects })).missing.map(({ problem }) => problem)).toEqual([
    'Not every agent pod gets PROVIDER_KEYS=encrypted.',
  ])
  expect(secrets.answer(soundSubject()).missing).toEqual([])
})
