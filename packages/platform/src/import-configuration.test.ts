import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importConfiguration } from './import-configuration.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hadal-configuration-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function load(code: string, patience?: number): Promise<unknown> {
  const file = join(folder, 'config.mjs')
  writeFileSync(file, code)
  return importConfiguration(pathToFileURL(file).href, 'config.mjs', patience)
}

test('returns the default export, and undefined if there is none', async () => {
  expect(await load('export default { name: "a" }')).toEqual({ name: 'a' })
  expect(await importConfiguration(`data:text/javascript,export const a = 1`, 'a.mjs')).toBeUndefined()
})

test('rejects a module that does not load in time, although a timer keeps the process alive', async () => {
  const code = 'setTimeout(() => {}, 500); await new Promise(() => {})'
  await expect(load(code, 50)).rejects.toThrow('it did not load within 0.05 s')
})

test('gives the process its own functions back, also after a failure', async () => {
  const { exit, exitCode } = process
  const { write } = process.stdout
  await expect(load('process.exitCode = 3; process.exit(0)')).rejects.toThrow('it called process.exit(0)')
  expect([process.exit, process.exitCode, process.stdout.write]).toEqual([exit, exitCode, write])
})
