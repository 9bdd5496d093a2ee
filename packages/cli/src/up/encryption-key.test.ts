import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFernet } from '@hadal/platform/fernet'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encryptionKeyFile } from './encryption-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hadal-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('makes a key once, which only its owner can read', () => {
  const file = encryptionKeyFile(join(folder, 'state'))
  const key = readFileSync(file, 'utf8').trim()
  expect(createFernet([key]).decrypt(createFernet([key]).encrypt('text'))).toBe('text')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(encryptionKeyFile(join(folder, 'state'))).toBe(file)
  expect(readFileSync(file, 'utf8').trim()).toBe(key)
})

test('names the file if it can not be written', () => {
  writeFileSync(join(folder, 'state'), 'a file where a folder should be')
  expect(() => encryptionKeyFile(join(folder, 'state'))).toThrow(/encryption\.key can't be written: .*Free disk space/)
})
