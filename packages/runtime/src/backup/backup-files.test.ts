import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { BackupFiles } from './backup-files.ts'
import { directoryTarget } from './targets/directory-target.ts'

const folder = mkdtempSync(join(tmpdir(), 'hadal-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const plain = { encode: async (bytes: Uint8Array) => bytes }
const block = (text: string) => ({ table: 'a.b', rows: 1, threads: null, bytes: Buffer.from(text) })

test('a file has at most its maximum size, except with one larger block, and no block is split', async () => {
  const target = directoryTarget(join(folder, 'sizes'))
  const files = new BackupFiles(target, 'x', plain, 10)
  for (const text of ['12345', '1234', '12', 'a larger block than a file', '123456789', '1'])
    await files.add(block(text))
  const blocks = await files.end()
  expect(blocks.map(({ file, offset, bytes }) => ({ file, offset, bytes }))).toEqual([
    { file: 'data-00001', offset: 0, bytes: 5 },
    { file: 'data-00001', offset: 5, bytes: 4 },
    { file: 'data-00002', offset: 0, bytes: 2 },
    { file: 'data-00003', offset: 0, bytes: 26 },
    { file: 'data-00004', offset: 0, bytes: 9 },
    { file: 'data-00004', offset: 9, bytes: 1 },
  ])
  expect((await target.list('')).map(({ bytes }) => bytes)).toEqual([9, 2, 26, 10])
  expect(files.bytes).toBe(47)
})

test('blocks are written in the order in which they were added, and a slow target holds the reader back', async () => {
  const waiting: (() => void)[] = []
  const slow = {
    encode: (bytes: Uint8Array) => new Promise<Uint8Array>((resolve) => waiting.push(() => resolve(bytes))),
  }
  const target = directoryTarget(join(folder, 'order'))
  const files = new BackupFiles(target, 'x', slow)
  let added = 0
  const adding = (async () => {
    for (const text of ['a', 'b', 'c', 'd', 'e']) {
      await files.add(block(text))
      added += 1
    }
  })()
  await new Promise((resolve) => setImmediate(resolve))
  expect(added).toBe(3)
  // The last one is ready first.
  while (added < 5) {
    for (const ready of waiting.splice(0).reverse()) ready()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await adding
  for (const ready of waiting.splice(0)) ready()
  await files.end()
  expect(Buffer.from((await target.readAll('x/data-00001')) ?? []).toString()).toBe('abcde')
})
