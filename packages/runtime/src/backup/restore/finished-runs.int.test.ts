import { afterAll, expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { effectsFiles } from '../../fixtures/effects-file.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { statusOf } from '../../fixtures/held-thread.ts'
import { serverAddresses } from '../../fixtures/server-addresses.ts'
import { runProgram } from '../../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { takeBackup } from '../take-backup.ts'
import { restoreThreads } from './restore-threads.ts'

const living = createDatabase()
const effects = effectsFiles()
const servers: TestServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.drain())))

test('a run that ended after the backup, and whose thread was deleted, ends again after the restore of its thread and its release', async () => {
  await using backup = await backupFolder()
  const server = await startTestServer(living())
  servers.push(server)
  const { client } = server
  const file = effects()
  const { thread_id: threadId } = await client.threads.create()
  const input = { file: file.path, steps: 4, gate: file.gate }
  const { run_id: runId } = await client.runs.create(threadId, 'steps', { input })
  const { run_id: next } = await client.runs.create(threadId, 'steps', { input: { steps: 5 } })
  await eventually(file.lines, (lines) => lines.length === 3)
  const options = { database: { url: living(), tls: undefined }, target: backup.target, onProgress: () => {} }
  await takeBackup({ ...options, recipients: [] })
  file.open()
  await client.runs.join(threadId, next)
  await client.threads.delete(threadId)

  const { settled } = await restoreThreads({ ...options, identities: [], threads: [threadId], deleted: true })
  expect(settled.runsUnderReview).toBe(2)
  for (const run of [runId, next]) expect(await statusOf(client, threadId, run)).toBe('pending')
  const { output } = await runProgram(['review', 'release', '--all'], serverAddresses(living()))
  expect(output).toContain('Released: 2.')
  await eventually(
    () => statusOf(client, threadId, next),
    (status) => status === 'success',
  )
  expect(await statusOf(client, threadId, runId)).toBe('success')
})
