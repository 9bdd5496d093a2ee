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

/** Texts of the sources in a folder, without tests and fixtures. */
const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)fixtures\/|\.example/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))

test('every middleware that the platform adds to agents has an example in the README', () => {
  const platform = sourcesIn(join(import.meta.dirname, '../../runtime/src')).join('\n')
  const factories = sourcesIn(import.meta.dirname)
    .flatMap((source) => [...source.matchAll(/^export (?:const|function) (create\w+Middleware)\b/gm)])
    .map(([, name = '']) => name)
    // A middleware of a user's own agents needs no example.
    .filter((name) => platform.includes(name))
  expect(factories.length).toBeGreaterThan(5)
  expect(factories.filter((name) => !examples.some(({ code }) => code.includes(name)))).toEqual([])
})

test('the error of a failed example contains its standard error', { timeout: timeoutMs }, async () => {
  const failing = { file: 'failing.example.ts', code: "throw new Error('it does not hold')", needsRedis: false }
  await expect(runExample(failing)).rejects.toThrow('it does not hold')
})
