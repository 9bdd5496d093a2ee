import {
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { targetContract } from '../../fixtures/target-contract.ts'
import { directoryTarget } from './directory-target.ts'

const folder = mkdtempSync(join(tmpdir(), 'hadal-directory-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

targetContract(() => directoryTarget(join(folder, 'target')))

test('an interrupted write is not listed, and removed when it is old', async () => {
  const target = directoryTarget(join(folder, 'unfinished'))
  mkdirSync(join(folder, 'unfinished/a'), { recursive: true })
  for (const name of ['old', 'new']) writeFileSync(join(folder, `unfinished/a/${name}.0badc0de.unfinished`), 'half')
  utimesSync(join(folder, 'unfinished/a/old.0badc0de.unfinished'), 1, 1)
  expect(await target.list('')).toEqual([])
  await target.removeUnfinished(new Date(60_000))
  expect(readdirSync(join(folder, 'unfinished/a'))).toEqual(['new.0badc0de.unfinished'])
})

test('a written file is safe from a power failure: its folder is flushed after the rename, and the parents of new folders', async () => {
  const target = directoryTarget(join(folder, 'flushed'))
  const file = join(folder, 'flushed/new/file')
  const flushed: { readonly inode: number; readonly fileExists: boolean }[] = []
  const handle = await open(folder)
  const sync = vi.spyOn(Object.getPrototypeOf(handle), 'sync').mockImplementation(async function (this: typeof handle) {
    flushed.push({ inode: fstatSync(this.fd).ino, fileExists: existsSync(file) })
    await this.datasync()
  })
  try {
    await target.write('new/file', Buffer.from('content'))
    const inodes = flushed.filter(({ fileExists }) => fileExists).map(({ inode }) => inode)
    expect(inodes).toEqual(['flushed/new', 'flushed', ''].map((path) => statSync(join(folder, path)).ino))
    flushed.length = 0
    await target.write('new/file', Buffer.from('again'))
    expect(flushed.at(-1)?.inode).toBe(statSync(join(folder, 'flushed/new')).ino)
  } finally {
    sync.mockRestore()
    await handle.close()
  }
})
