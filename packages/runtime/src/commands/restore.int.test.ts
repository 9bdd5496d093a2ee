import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { addressesWithRoles } from '../fixtures/server-addresses.ts'
import { runProgram, startServerProcess } from '../fixtures/server-process.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const source = createDatabase()
const empty = createDatabase({ migrated: false })
const folder = mkdtempSync(join(tmpdir(), 'hadal-restore-command-'))
afterAll(() => rmSync(folder, { recursive: true }))

const input = { messages: [{ role: 'user', content: 'kept' }] }
const identityFile = join(folder, 'identity')
let threadId: string
let recipient: string

const variablesOf = (url: string): Record<string, string> => ({
  ...addressesWithRoles(url),
  BACKUP_TARGET: `file://${join(folder, 'backups')}`,
  BACKUP_RECIPIENTS: recipient,
  BACKUP_IDENTITY_FILE: identityFile,
})

beforeAll(async () => {
  const identity = await generateIdentity()
  recipient = await identityToRecipient(identity)
  // As age-keygen writes it.
  writeFileSync(identityFile, `# created: 2026-01-01T00:00:00Z\n# public key: ${recipient}\n${identity}\n`)
  const server = await startTestServer(source())
  const { thread_id } = await server.client.threads.create()
  threadId = thread_id
  await server.client.runs.wait(threadId, 'echo', { input })
  await server.drain()
  expect(await runProgram(['backup'], variablesOf(source()))).toMatchObject({ code: 0 })
})

test('restore --dry-run reads the backup and writes nothing', async () => {
  const { code, output, errors } = await runProgram(['restore', '--dry-run'], variablesOf(empty()))
  expect({ code, errors }).toEqual({ code: 0, errors: expect.not.stringContaining('hadal-runtime:') })
  expect(output).toMatch(
    /^Backup \S+ can be restored into the database: \d+ rows in \d+ tables\. Nothing was written\.\n$/,
  )
})

test('restore brings the newest backup back, and a server of the three roles serves it', async () => {
  const { code, output, errors } = await runProgram(['restore'], variablesOf(empty()))
  expect({ code, errors }).toEqual({ code: 0, errors: expect.not.stringContaining('hadal-runtime:') })
  expect(output).toMatch(
    /^Backup \S+ was restored: \d+ rows in \d+ tables\.\nSnapshot: 20\S+Z\. What happened after it is lost\.\n/,
  )
  const server = await startServerProcess(variablesOf(empty()))
  try {
    const { values } = await server.client.threads.getState<{ messages: { content: string }[] }>(threadId)
    expect(values.messages[0]?.content).toBe('kept')
    await server.client.threads.delete(threadId)
  } finally {
    await server.end('SIGTERM')
  }
})

test('restore --threads brings a deleted thread back only with --deleted', async () => {
  const refused = await runProgram(['restore', '--threads', threadId], variablesOf(empty()))
  expect(refused).toMatchObject({ code: 1, output: '' })
  expect(refused.errors).toMatch(/^hadal-runtime: The thread \S+ of backup \S+ was deleted after it\./m)
  const { code, output } = await runProgram(['restore', '--threads', threadId, '--deleted'], variablesOf(empty()))
  expect(code).toBe(0)
  expect(output).toMatch(/^Restored: 1 thread of backup \S+, \d+ rows\.\n/)
})

test.each([
  [['--threads', 'one'], /--threads has "one", which is not the id of a thread/],
  [['--deleted'], /--deleted needs --threads/],
])('restore %j is refused in one sentence', async (args, sentence) => {
  const { code, output, errors } = await runProgram(['restore', ...args], variablesOf(empty()))
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors).toMatch(/^hadal-runtime: [^\n]+\n$/)
  expect(errors).toMatch(sentence)
})
