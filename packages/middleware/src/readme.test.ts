import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readmeExamples, runExample } from './fixtures/readme-examples.ts'

/** Timeout in milliseconds of a process that imports deepagents on a busy machine. */
const timeoutMs = 60_000

const examples = readmeExamples()

test.each(examples.filter(({ needsRedis }) => !needsRedis).map((example) => [example.file, example] as const))(
  'the example %s of the README runs unchanged',
  { timeout: timeoutMs },
  (_file, example) => runExample(example),
)

test('every middleware of this package has an example in the README', () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^fixtures\/|\.example/.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  const factories = sources.flatMap((source) =>
    [...source.matchAll(/^export (?:const|function) (create\w+Middleware)\b/gm)].map(([, name = '']) => name),
  )
  expect(factories.filter((name) => !examples.some(({ code }) => code.includes(name)))).toEqual([])
})

test('the error of a failed example contains its standard error', { timeout: timeoutMs }, async () => {
  const failing = { file: 'failing.example.ts', code: "throw new Error('it does not hold')", needsRedis: false }
  await expect(runExample(failing)).rejects.toThrow('it does not hold')
})
