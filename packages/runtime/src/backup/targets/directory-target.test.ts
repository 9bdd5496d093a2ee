import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
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
