import { expect, test } from 'vitest'
import { exampleSubject, withValue } from '../fixtures/example-objects.ts'
import { secretFiles } from './secret-files.ts'

const container = 'spec.template.spec.containers[0]'

test('the example has no problem', () => {
  expect(secretFiles(exampleSubject())).toEqual([])
})

test('a variable that names a file which is not mounted is reported', () => {
  expect(
    secretFiles(withValue('Deployment', `${container}.env[1].value`, '/run/secrets/db-credentials/uri')),
  ).toMatchObject([
    {
      field: `${container}.env[1]`,
      problem: 'DATABASE_URL_FILE names the file "/run/secrets/db-credentials/uri", which is not mounted.',
      mend: 'Mount the file, or use one of /run/secrets/db-credentials/url.',
    },
  ])
})

test('a variable of a ConfigMap that names such a file is reported', () => {
  expect(
    secretFiles(withValue('ConfigMap', 'data.REDIS_URL_FILE', '/run/secrets/redis-credentials/url')),
  ).toMatchObject([{ field: `${container}.envFrom[0]`, problem: expect.stringMatching(/^REDIS_URL_FILE names /) }])
})
