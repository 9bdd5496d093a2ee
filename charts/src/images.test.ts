import { expect, test } from 'vitest'
import pins from './images.json' with { type: 'json' }
import { imageReference } from './images.ts'

test.each(Object.entries(pins))(
  'the image %s is pinned by a digest, with the place where it was found',
  (_name, pin) => {
    expect(pin.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(new Set(pin.digest.slice('sha256:'.length)).size).toBeGreaterThan(8)
    expect(pin.foundAt.length).toBeGreaterThan(20)
  },
)

test('an image reference has the tag and the digest', () => {
  expect(imageReference('valkey')).toBe(`${pins.valkey.repository}:${pins.valkey.tag}@${pins.valkey.digest}`)
})

test('an image without a digest is refused, and the error names the command that pins it', () => {
  expect(() =>
    imageReference('postgres', { repository: 'docker.io/library/postgres', tag: '18', digest: null, foundAt: null }),
  ).toThrow(
    'Image "postgres" (docker.io/library/postgres:18) has no digest in charts/src/images.json. Pin it with "hadal release pin postgres".',
  )
})
