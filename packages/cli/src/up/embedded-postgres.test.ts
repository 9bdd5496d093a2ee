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

test("the database's account can enter a folder that is open to all, even before the folder exists", () => {
  expect(databaseAccountCanEnter(join(openFolder(), 'not', 'there', 'yet'))).toBe(true)
})

test("the database's account can not enter a folder that is open to root only, or anything in it", () => {
  const home = openFolder()
  mkdirSync(join(home, 'clone'))
  chmodSync(home, 0o700)
  // PostgreSQL runs as another account only if root starts it.
  expect(databaseAccountCanEnter(join(home, 'clone'))).toBe(process.getuid?.() !== 0)
})
