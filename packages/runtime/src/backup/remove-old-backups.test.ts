import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findBackups } from './find-backups.ts'
import { removeOldBackups } from './remove-old-backups.ts'
import type { BackupTarget } from './targets/backup-target.ts'
import { directoryTarget } from './targets/directory-target.ts'

const now = new Date('2026-11-30T12:00:00Z')
let folder: string
let target: BackupTarget
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hadal-old-'))
  target = directoryTarget(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function write(day: string, manifest: object | undefined = {}): Promise<string> {
  const id = `${day.replaceAll('-', '')}T000000Z-00000000`
  await target.write(`${id}/data-00001`, Buffer.from('rows'))
  if (manifest) {
    const written = {
      ...{ format: 1, id, snapshotAt: `${day}T00:00:00.000Z`, endedAt: `${day}T00:01:00.000Z`, schemaVersion: 1 },
      ...{ program: '1.0.0', postgres: '18.0', recipients: [], sealingKeys: [], tables: [] },
      blocks: { file: 'blocks', bytes: 0, sha256: '0'.repeat(64) },
      ...manifest,
    }
    await target.write(`${id}/manifest.json`, Buffer.from(JSON.stringify(written)))
  }
  return id
}
const folders = async (): Promise<string[]> => [
  ...new Set((await target.list('')).map(({ path }) => path.split('/')[0] ?? '')),
]

test('backups that are older than the retention are removed, with all of their files', async () => {
  const old = await write('2026-10-20')
  const young = [await write('2026-10-27'), await write('2026-11-29')]
  await target.write('deletions/1', Buffer.from('log'))
  const { kept, removed } = await removeOldBackups(target, { days: 35, now })
  expect(removed).toEqual([old])
  expect(kept.map(({ id }) => id)).toEqual(young)
  expect(await folders()).toEqual([...young, 'deletions'])
  expect((await findBackups(target)).map(({ id }) => id)).toEqual(young)
})

test('the newest backup stays, however old it is', async () => {
  await write('2026-01-01')
  const newest = await write('2026-01-02')
  expect((await removeOldBackups(target, { days: 35, now })).kept.map(({ id }) => id)).toEqual([newest])
  expect(await folders()).toEqual([newest])
})

test('a folder without a manifest is removed when no backup can still write it; one of a newer format stays', async () => {
  await write('2026-11-20', undefined)
  // A default argument would replace undefined.
  await target.delete(['20261120T000000Z-00000000/manifest.json'])
  const underWay = '20261129T000000Z-11111111'
  await target.write(`${underWay}/data-00001`, Buffer.from('rows'))
  const newer = await write('2026-01-01', { format: 2, shape: 'unknown' })
  const newest = await write('2026-11-30')
  await target.write('2026-notes', Buffer.from('of a person'))
  await removeOldBackups(target, { days: 35, now })
  expect(await folders()).toEqual(['2026-notes', newer, underWay, newest])
})

test('an interruption leaves no backup that is incomplete', async () => {
  await write('2026-10-01')
  const newest = await write('2026-11-29')
  const deleteFiles = target.delete.bind(target)
  let calls = 0
  target.delete = async (paths) => {
    calls += 1
    if (calls === 2) throw new Error('The storage is gone.')
    await deleteFiles(paths)
  }
  await expect(removeOldBackups(target, { days: 35, now })).rejects.toThrow('The storage is gone.')
  expect((await findBackups(target)).map(({ id }) => id)).toEqual([newest])
  await removeOldBackups(target, { days: 35, now })
  expect(await folders()).toEqual([newest])
})
