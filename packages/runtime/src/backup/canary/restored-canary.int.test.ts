import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { restoreDatabase } from '../restore/restore-database.ts'
import { takeBackup } from '../take-backup.ts'
import { directoryTarget } from '../targets/directory-target.ts'
import { canary } from './canary.ts'
import { writeCanary } from './write-canary.ts'

const database = createDatabase()
const restored = createDatabase({ migrated: false })
const folder = mkdtempSync(join(tmpdir(), 'hadal-canary-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a restore leaves the canary out, so that no run of it waits for review, and the next backup writes it again', async () => {
  const of = (url: string) => ({ url, tls: undefined })
  const target = directoryTarget(folder)
  const onProgress = () => {}
  await writeCanary({ ...of(database()), seals: undefined })
  await takeBackup({ database: of(database()), target, recipients: [], onProgress })
  const report = await restoreDatabase({ database: of(restored()), target, identities: [], onProgress })
  expect(report.settled?.runsUnderReview).toBe(0)
  const runs = () =>
    withClient(restored(), async (client) => {
      const { rows } = await client.query('SELECT status FROM hadal.run WHERE tenant = $1', [canary.tenant])
      return rows
    })
  expect(await runs()).toEqual([])
  await writeCanary({ ...of(restored()), seals: undefined })
  expect(await runs()).toEqual([{ status: 'pending' }])
})
