import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { hashOfDatabase } from '../../fixtures/database-content.ts'
import { inheritedVariables } from '../../fixtures/inherited-variables.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { takeBackup } from '../take-backup.ts'
import { restoreDatabase } from './restore-database.ts'

const source = createDatabase()
const program = join(import.meta.dirname, '../../../../../test/integration/postgres-process.ts')
/** Maximum size of a file in kilobytes: above that of a file of the write-ahead log (16 MB), and below that of the restored table. */
const mostKilobytes = 17 * 1_024

/**
 * Starts a PostgreSQL server whose files can't grow beyond a size (RLIMIT_FSIZE), and returns its address. It stands for a full disk: the server gets an
 * error when it extends a file.
 */
async function startLimitedPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const command = `ulimit -f ${mostKilobytes} && exec "$0" "$1"`
  const child = spawn('bash', ['-c', command, process.execPath, program], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: inheritedVariables,
  })
  const ended = once(child, 'exit')
  const errors = text(child.stderr)
  const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended.then(() => undefined)])
  if (line === undefined) throw new Error(await errors)
  return {
    url: JSON.parse(String(line[0])).url,
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}

test('a database without room for the rows is left as it was, and the error says what to do', async () => {
  await using backup = await backupFolder()
  await withClient(source(), (client) =>
    client.query(
      `INSERT INTO hadal.store_item (tenant, namespace, key, value)
       SELECT 'default', ARRAY['large'], number::text,
         to_jsonb(number || (SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 40000)))
       FROM generate_series(1, 24) AS number`,
    ),
  )
  const database = { url: source(), tls: undefined }
  await takeBackup({ database, target: backup.target, recipients: [], onProgress: () => {} })
  const limited = await startLimitedPostgres()
  try {
    const before = await withClient(limited.url, hashOfDatabase)
    await expect(
      restoreDatabase({
        database: { url: limited.url, tls: undefined },
        target: backup.target,
        identities: [],
        onProgress: () => {},
      }),
    ).rejects.toThrow(/^The database has no room: .*Give its volume more space.*Nothing was restored\.$/)
    expect(await withClient(limited.url, hashOfDatabase)).toBe(before)
  } finally {
    await limited.stop()
  }
})
