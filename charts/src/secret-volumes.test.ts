import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { secretVolumes } from './secret-volumes.ts'

test('a container sees the keys of its users and no others', () => {
  const { volumes, mounts } = secretVolumes(soundEnvironment(), ['migrate'])
  const keys = volumes.map(({ secret }) => [secret?.secretName, secret?.items?.map(({ key }) => key)])
  expect(Object.fromEntries(keys)).toEqual({ 'db-credentials': ['direct-url'], 'postgres-ca': ['ca.crt'] })
  expect(mounts.map(({ mountPath }) => mountPath)).toEqual(['/run/secrets/db-credentials', '/run/secrets/postgres-ca'])
})

test('two users that share a key mount it once', () => {
  const { volumes } = secretVolumes(soundEnvironment(), ['api', 'worker'])
  const urls = volumes.flatMap(({ secret }) => secret?.items ?? []).filter(({ path }) => path === 'direct-url')
  expect(urls).toHaveLength(1)
})

test('secret files are readable only by owner and group, and mounted read-only', () => {
  const { volumes, mounts } = secretVolumes(soundEnvironment(), ['api'])
  expect(new Set(volumes.map(({ secret }) => secret?.defaultMode))).toEqual(new Set([0o440]))
  expect(mounts.every(({ readOnly }) => readOnly)).toBe(true)
})
