import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recoverFolder, replaceFolder } from './replace-folder.ts'

let parent: string
let folder: string
let scratch: string

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'replace-folder-'))
  folder = join(parent, 'manifests')
  scratch = join(parent, 'scratch')
  mkdirSync(folder)
  writeFileSync(join(folder, 'old.yaml'), 'old\n')
})
afterEach(() => rmSync(parent, { recursive: true }))

const files = () => readdirSync(folder, { recursive: true }).map(String).sort()

test('the folder contains the new files and none of the old ones', () => {
  replaceFolder(folder, scratch, new Map([['agent/new.yaml', 'new\n']]))
  expect(files()).toEqual(['agent', 'agent/new.yaml'])
  expect(readFileSync(join(folder, 'agent/new.yaml'), 'utf8')).toBe('new\n')
  expect(readdirSync(parent)).toEqual(['manifests'])
})

test('a missing folder is created', () => {
  rmSync(folder, { recursive: true })
  replaceFolder(folder, scratch, new Map([['new.yaml', 'new\n']]))
  expect(files()).toEqual(['new.yaml'])
})

test('a file that can not be written leaves the old folder unchanged, and no other files', () => {
  // Writing this name fails after other files were written, as on a full disk.
  const broken = new Map([
    ['new.yaml', 'new\n'],
    [`${'x'.repeat(300)}.yaml`, ''],
  ])
  expect(() => replaceFolder(folder, scratch, broken)).toThrow(/ENAMETOOLONG/)
  expect(files()).toEqual(['old.yaml'])
  expect(readdirSync(parent)).toEqual(['manifests'])
})

test('restores the folder after a replacement that was killed at any step', () => {
  mkdirSync(join(scratch, 'new'), { recursive: true })
  writeFileSync(join(scratch, 'new', 'half.yaml'), '')
  recoverFolder(folder, scratch)
  expect(files()).toEqual(['old.yaml'])

  mkdirSync(join(scratch, 'new'), { recursive: true })
  renameSync(folder, join(scratch, 'old'))
  recoverFolder(folder, scratch)
  expect(files()).toEqual(['old.yaml'])
  expect(readdirSync(parent)).toEqual(['manifests'])
})

test('after kill -9 at any moment, the next call finds one complete set of files', async () => {
  const script = join(import.meta.dirname, 'fixtures/replace-forever.ts')
  for (let kill = 0; kill < 12; kill++) {
    const child = spawn(process.execPath, [script, folder, scratch], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    // Kills at a different moment each time.
    await pause(kill * 3)
    child.kill('SIGKILL')
    await once(child, 'exit')
    recoverFolder(folder, scratch)
    expect(files()).toHaveLength(31)
    expect(readdirSync(parent)).toEqual(['manifests'])
  }
})
