import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { canary } from '../../backup/canary/canary.ts'
import { writeCanary } from '../../backup/canary/write-canary.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { key } from '../../fixtures/encrypted-database.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { createLog } from '../../log/create-log.ts'
import { createRedactor } from '../../secrets/create-redactor.ts'
import { createSeals } from '../../secrets/create-seals.ts'
import { resumeCanary } from './resume-canary.ts'
import { openScratchServer } from './scratch-server.ts'

const database = createDatabase()
const encryption = { ENCRYPTION: 'required', ENCRYPTION_KEY: key } as const
const redactor = createRedactor()

const execute = (text: string, values: unknown[] = []) =>
  withClient(database(), async (client) => (await client.query(text, values)).rows)

const write = () => writeCanary({ url: database(), tls: undefined, seals: createSeals(encryption) })
const release = async (runId: string): Promise<void> => {
  await execute('UPDATE pgboss.job SET start_after = now() WHERE id = $1', [runId])
}

/** Resumes the canary as a drill does on its scratch database. */
async function resume(): Promise<void> {
  const log = createLog('silent', redactor, 'hadal-runtime.drill')
  const server = await openScratchServer({ url: database(), encryption, log, redactor })
  try {
    await resumeCanary(server, release)
  } finally {
    await server.close()
  }
}

test('the canary goes on where the backup stopped it, and its first step is not executed again', async () => {
  const runId = await write()
  await resume()
  expect(await execute('SELECT status FROM hadal.run WHERE run_id = $1', [runId])).toEqual([{ status: 'success' }])
  expect(await execute('SELECT reason FROM hadal.run_attempt WHERE run_id = $1 ORDER BY attempt', [runId])).toEqual([
    { reason: 'returned' },
    { reason: 'ended' },
  ])
})

test('a database without the canary, or whose canary has ended, is refused', async () => {
  await write()
  await resume()
  await expect(resume()).rejects.toThrow(
    "The canary's run has the status success after the restore; it must be pending.",
  )
  await execute('DELETE FROM hadal.run WHERE thread_id = $1', [canary.threadId])
  await expect(resume()).rejects.toThrow('The backup has 0 runs of the canary; it must have one.')
})

test('nothing starts if another restored run would start too', async () => {
  const runId = await write()
  const other = randomUUID()
  await execute(
    `INSERT INTO pgboss.job (id, name, data, singleton_key, policy, state, start_after)
     VALUES ($1, 'run', '{}', $2, 'key_strict_fifo', 'created', now() + interval '1 day')`,
    [other, randomUUID()],
  )
  await expect(resume()).rejects.toThrow(`The restore left run ${other} ready to start`)
  await execute('DELETE FROM pgboss.job WHERE id = $1', [other])
  expect(await execute('SELECT status FROM hadal.run WHERE run_id = $1', [runId])).toEqual([{ status: 'pending' }])
})

test.each([
  [
    'changed a stored value',
    "UPDATE public.checkpoint_blobs SET blob = set_byte(blob, length(blob) - 1, 255 - get_byte(blob, length(blob) - 1)) WHERE thread_id = $1 AND channel = 'word'",
    "can't be decrypted",
  ],
  ['lost the state of a run', 'DELETE FROM public.checkpoints WHERE thread_id = $1', 'The first step began again'],
])('a restore that %s is found', async (_, text, problem) => {
  await write()
  await execute(text, [canary.threadId])
  await expect(resume()).rejects.toThrow(problem)
})
