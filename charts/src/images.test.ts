import { expect, test } from 'vitest'
import pins from './images.json' with { type: 'json' }
import { imageReference } from './images.ts'

test.each(Object.entries(pins))('the image %s is pinned by a digest, and says where that was found', (_name, pin) => {
  expect(pin.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(new Set(pin.digest.slice('sha256:'.length)).size).toBeGreaterThan(8)
  expect(pin.foundAt.length).toBeGreaterThan(20)
})

test('a pod names an image by its digest, with the tag for people', () => {
  expect(imageReference('valkey')).toBe(`${pins.valkey.repository}:${pins.valkey.tag}@${pins.valkey.digest}`)
})

test('an image without a digest is refused with the command that finds it', () => {
  expect(() =>
    imageReference('postgres', { repository: 'docker.io/library/postgres', tag: '18', digest: null, foundAt: null }),
  ).toThrow(
    'Image "postgres" (docker.io/library/postgres:18) has no digest in charts/src/images.json. Pin it with "hadal release pin postgres".',
  )
})
