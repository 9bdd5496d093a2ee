import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, expect, test } from 'vitest'
import { databaseAccountCanEnter } from './embedded-postgres.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-account-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

test('a folder that everybody may enter is open to the account of the database, before it is made too', () => {
  expect(databaseAccountCanEnter(join(openFolder(), 'not', 'there', 'yet'))).toBe(true)
})

test('a folder of root alone is closed to it, with all that is in it', () => {
  const home = openFolder()
  mkdirSync(join(home, 'clone'))
  chmodSync(home, 0o700)
  // PostgreSQL runs as another account only where root starts it.
  expect(databaseAccountCanEnter(join(home, 'clone'))).toBe(process.getuid?.() !== 0)
})
