import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDefinition } from './read-definition.ts'
import { customSources } from './sources.ts'

const folder = join(import.meta.dirname, 'definitions')
const own = customSources.filter(({ module }) => module === undefined).flatMap(({ files }) => files)

test('reads every definition of our own', () => {
  expect(own).not.toEqual([])
  for (const file of own) expect(readDefinition(folder, file)).toBe(readFileSync(join(folder, file), 'utf8'))
})

test('a file that does not exist is refused with the files that do', () => {
  expect(() => readDefinition(folder, 'example.com_wigdets.yaml')).toThrow(
    `customSources names example.com_wigdets.yaml, but definitions/ has ${own.toSorted().join(', ')}.`,
  )
  expect(() => readDefinition(folder, 'missing/example.com_widgets.yaml')).toThrow('missing/ has no such file.')
})
