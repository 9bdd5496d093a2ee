import { expect, test } from 'vitest'
import { exampleSubject, withObject, withValue } from '../fixtures/example-objects.ts'
import { images } from './images.ts'

const field = 'spec.template.spec.containers[0].image'

test('the example has no problem', () => {
  expect(images(exampleSubject())).toEqual([])
})

test.each([
  ['registry.example.com/team/web:latest', /is the newest image whenever a pod starts/],
  ['registry.example.com/team/web', /is the newest image whenever a pod starts/],
  ['registry.example.com:5000/team/web', /is the newest image whenever a pod starts/],
  ['registry.example.com/team/web:1.0', /has a tag that can be moved/],
  [`web@sha256:${'1'.repeat(64)}`, /does not name a registry, a path and a sha256 digest/],
  ['registry.example.com/team/web@sha256:123', /does not name a registry, a path and a sha256 digest/],
])('%s is refused', (image, problem) => {
  expect(images(withValue('Deployment', field, image))).toMatchObject([
    { field, problem: expect.stringMatching(problem) },
  ])
})

test('the error of an image without a digest says how to pin it', () => {
  expect(images(withValue('Deployment', field, 'registry.example.com/team/web:1.0'))).toMatchObject([
    {
      mend: "Add it to charts/src/images.json, run `npx hadal release pin <name>`, and write imageReference('<name>').",
    },
  ])
})

test('the image of a CloudNativePG Cluster is an image too', () => {
  const cluster = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: 'db', namespace: 'example' },
    spec: { imageName: 'registry.example.com/postgres:18' },
  }
  expect(images(withObject(cluster))).toMatchObject([{ field: 'spec.imageName' }])
})
