import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTypeSchemas, schemasFileName, typeSchemasOf } from './type-schemas.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'type-schemas-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const config = (): string => join(folder, 'langgraph.json')
const warnings: unknown[] = []
const log = { warn: (line: unknown) => void warnings.push(line) }

test('the file that the build of the image wrote is read, and no compiler is started', async () => {
  const schemas = { one: { state: { type: 'object', properties: { text: { type: 'string' } } } } }
  writeFileSync(join(folder, schemasFileName), JSON.stringify(schemas))
  // There is no langgraph.json, which an extraction would read.
  expect(await createTypeSchemas(config(), log)()).toEqual(schemas)
  expect(warnings).toEqual([])
})

test('a file that can not be read leaves the schemas unknown, and is in the log', async () => {
  writeFileSync(join(folder, schemasFileName), '{')
  expect(await createTypeSchemas(config(), log)()).toEqual({})
  expect(warnings).toHaveLength(1)
})

test('a module with an error in its types, and one that does not exist, leave only their own schemas unknown', async () => {
  writeFileSync(join(folder, 'broken.ts'), 'export const graph: Missing = unknown(')
  writeFileSync(
    config(),
    JSON.stringify({
      graphs: { broken: './broken.ts:graph', missing: './missing.ts:graph', other: './broken.ts:other' },
    }),
  )
  warnings.length = 0
  expect(await createTypeSchemas(config(), log)()).toEqual({})
  expect(warnings).toEqual([])
})

test('schemas are cached by the content of the files from which they were read', async () => {
  const source = (type: string): string => `
    interface Channel<Value> { ValueType: Value; UpdateType: Value }
    import type { Kind } from './kind.ts'
    interface Definition { kind: Channel<Kind>; text: Channel<${type}> }
    export declare const graph: {
      '~RunOutput': { kind: Kind; text: ${type} }
      builder: { _inputDefinition: Definition; _outputDefinition: Definition; _configSchema: undefined }
    }`
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const text = async (): Promise<unknown> => (await typeSchemasOf(config()))?.one?.state?.properties
  mkdirSync(join(folder, 'node_modules'))
  write('graph.ts', source('string'))
  write('kind.ts', "export type Kind = 'a'")
  write('langgraph.json', JSON.stringify({ graphs: { one: './graph.ts:graph' } }))
  expect(await text()).toEqual({ kind: { const: 'a' }, text: { type: 'string' } })
  const [cache = ''] = globSync('node_modules/.cache/hadal/*.json', { cwd: folder })
  const marked = readFileSync(join(folder, cache), 'utf8').replaceAll('"string"', '"cached"')
  write(cache, marked)
  expect(await text()).toEqual({ kind: { const: 'a' }, text: { type: 'cached' } })
  write('graph.ts', source('number'))
  expect(await text()).toEqual({ kind: { const: 'a' }, text: { type: 'number' } })
  write('kind.ts', "export type Kind = 'b'")
  expect(await text()).toEqual({ kind: { const: 'b' }, text: { type: 'number' } })
  write(cache, '{')
  expect(await text()).toEqual({ kind: { const: 'b' }, text: { type: 'number' } })
})
