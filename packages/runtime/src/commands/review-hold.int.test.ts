import { expect, test } from 'vitest'
import { flushDeletions } from '../backup/deletions/flush-deletions.ts'
import { backupFolder } from '../fixtures/backup-folder.ts'
import { copyDatabase } from '../fixtures/copy-database.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()

test('"review hold" deletes again what was deleted after the time of the recovery, and says so if it has no backup target', async () => {
  await using backup = await backupFolder()
  const server = await startTestServer(database())
  const { thread_id: kept } = await server.client.threads.create()
  const { thread_id: deleted } = await server.client.threads.create()
  await server.drain()
  const time = new Date().toISOString()
  await using recovered = await copyDatabase(database())
  await using unlogged = await copyDatabase(database())
  await withClient(database(), async (client) => {
    await client.query('DELETE FROM hadal.thread WHERE thread_id = $1', [deleted])
    await flushDeletions(client, backup.target)
  })
  const hold = (url: string, variables: Record<string, string>) =>
    runProgram(['review', 'hold', '--recovered-to', time], { ...serverAddresses(url), ...variables })
  const threads = async (url: string) =>
    (
      await withClient(url, (client) => client.query('SELECT thread_id FROM hadal.thread ORDER BY created_at'))
    ).rows.map(({ thread_id }) => thread_id)
  const held = await hold(recovered.url, { BACKUP_TARGET: backup.target.address })
  expect([held.code, held.errors]).toEqual([0, expect.stringContaining('after that time: 1 threads and 0 users.')])
  expect(await threads(recovered.url)).toEqual([kept])
  // Two people settle the same recovery at the same time.
  const both = await Promise.all([hold(unlogged.url, {}), hold(unlogged.url, {})])
  const [without, again] = both.toSorted((one) => (one.output.startsWith('Runs under review') ? -1 : 1))
  expect([again?.code, again?.output]).toEqual([
    0,
    `The recovery to ${time} is settled already, so nothing has changed.\n`,
  ])
  if (!without) throw new Error('The command did not run.')
  expect([without.code, without.errors]).toEqual([0, expect.stringContaining('BACKUP_TARGET is not set')])
  expect(await threads(unlogged.url)).toEqual([kept, deleted])
})
