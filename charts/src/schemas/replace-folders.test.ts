import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceFolders } from './replace-folders.ts'

let target: string
beforeEach(() => {
  target = mkdtempSync(join(tmpdir(), 'replace-folders-'))
  mkdirSync(join(target, 'schemas/generated'), { recursive: true })
  writeFileSync(join(target, 'schemas/generated/custom.json'), 'old')
  writeFileSync(join(target, 'schemas/sources.ts'), 'kept')
})
afterEach(() => rmSync(target, { recursive: true, force: true }))

test('the old files stay if the new ones cannot be written', () => {
  expect(() =>
    replaceFolders(target, ['schemas/generated', 'generated'], (into) => {
      writeFileSync(join(into, 'schemas/generated/custom.json'), 'new')
      throw new Error('no such definition')
    }),
  ).toThrow('no such definition')
  expect(readFileSync(join(target, 'schemas/generated/custom.json'), 'utf8')).toBe('old')
  expect(readdirSync(target)).toEqual(['schemas'])
})

test('the new files replace the folders, and the files beside them stay', () => {
  replaceFolders(target, ['schemas/generated', 'generated'], (into) => {
    writeFileSync(join(into, 'schemas/generated/other.json'), 'new')
    writeFileSync(join(into, 'generated/example.com.js'), 'new')
  })
  expect(readdirSync(target).sort()).toEqual(['generated', 'schemas'])
  expect(readdirSync(join(target, 'schemas')).sort()).toEqual(['generated', 'sources.ts'])
  expect(readdirSync(join(target, 'schemas/generated'))).toEqual(['other.json'])
  expect(readdirSync(join(target, 'generated'))).toEqual(['example.com.js'])
})
