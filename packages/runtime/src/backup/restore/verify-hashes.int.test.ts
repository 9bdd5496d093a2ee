import type pg from 'pg'
import { expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { openBackup } from '../open-backup.ts'
import { takeBackup } from '../take-backup.ts'
import { verifyHashes } from './verify-hashes.ts'

const database = createDatabase()

test('rows that differ from the backup, are missing or are too many are found, with their table and their thread', async () => {
  await using backup = await backupFolder()
  const server = await startTestServer(database())
  const threads: string[] = []
  for (let number = 0; number < 3; number += 1) {
    const { thread_id } = await server.client.threads.create()
    await server.client.runs.wait(thread_id, 'echo', { input: { messages: [{ role: 'user', content: `${number}` }] } })
    threads.push(thread_id)
  }
  await server.drain()
  const of = { url: database(), tls: undefined }
  await takeBackup({ database: of, target: backup.target, recipients: [], onProgress: () => {} })
  const opened = await openBackup({ target: backup.target, identities: [] })
  const [, second = ''] = threads.toSorted()

  await withClient(database(), async (client) => {
    expect(await verifyHashes([client], opened)).toBe(3)
    /** Verifies the rows after a change that is then undone. */
    const after = async (change: string, values: unknown[]): Promise<unknown> => {
      await client.query('BEGIN')
      await client.query(change, values)
      const found = await verifyHashes([client as pg.Client], opened).catch((error: unknown) => error)
      await client.query('ROLLBACK')
      return found instanceof Error ? found.message : found
    }
    const differ = (table: string): string =>
      `The restored rows of thread ${second} in ${table} differ from those of the backup: their hashes are not equal.`
    const ofRuns = '(SELECT run_id FROM hadal.run WHERE thread_id = $1)'
    const event = `UPDATE hadal.run_event SET created_at = created_at + interval '1 microsecond' WHERE run_id IN ${ofRuns}`
    expect(await after(event, [second])).toBe(differ('hadal.run_event'))
    expect(await after(`DELETE FROM hadal.run_event WHERE run_id IN ${ofRuns}`, [second])).toBe(
      differ('hadal.run_event'),
    )
    expect(await after('DELETE FROM public.checkpoint_blobs WHERE thread_id = $1', [second])).toBe(
      differ('public.checkpoint_blobs'),
    )
    const surplus = 'INSERT INTO hadal.thread_spending (thread_id, tokens, nano_usd) VALUES ($1, 1, 1)'
    expect(await after(surplus, [second])).toBe(differ('hadal.thread_spending'))
  })
})
