import { expect, test } from 'vitest'
import { type Case, dangers, deployment, zeros } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a tag',
    [deployment()],
    [deployment({}, {}, { image: 'registry.example.com/a:1' })],
    ['image-digest: Deployment x: The image "registry.example.com/a:1" has no digest.'],
  ],
  [
    'the digest of all zeros',
    [deployment()],
    [deployment({}, {}, { image: zeros })],
    ['image-digest: Deployment x: The digest of the image is all zeros.'],
  ],
  ['another digest', [deployment()], [deployment({}, {}, { image: 'registry.example.com/a@sha256:2' })], []],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
