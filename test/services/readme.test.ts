import { readmeExamples, runExample } from '@hadal/middleware/fixtures/readme-examples'
import { useRedisAlone } from '@hadal/runtime/fixtures/redis/redis-alone'
import { expect, test } from 'vitest'

const redis = useRedisAlone()
const examples = readmeExamples().filter(({ needsRedis }) => needsRedis)

test('the README of the middleware has examples with a real Redis', () => {
  expect(examples).not.toEqual([])
})

test.each(examples.map((example) => [example.file, example] as const))(
  "the README's %s runs as pasted against a real Redis",
  (_file, example) => runExample(example, { REDIS_URL: redis().url }),
)
