import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, expect, test } from 'vitest'
import { canary } from '../backup/canary/canary.ts'
import { findBackups } from '../backup/find-backups.ts'
import { directoryTarget } from '../backup/targets/directory-target.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { inheritedVariables } from '../fixtures/inherited-variables.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command as the role that owns the tables. The servers' roles see the rows of one tenant, or no schema. */
const run = (command: string, variables: Readonly<Record<string, string>> = {}) =>
  runProgram(command.split(' '), {
    DATABASE_URL: database(),
    DATABASE_OWNER_URL: database(),
    BACKUP_TARGET: `file://${folder}/archive`,
    ...variables,
  })

test('backup writes a backup, and backup list shows it', async () => {
  expect(await run('backup list')).toMatchObject({
    code: 0,
    output: '',
    errors: `There is no backup in file://${folder}/archive. Make one with "hadal-runtime backup".\n`,
  })
  const recipient = await identityToRecipient(await generateX25519Identity())
  const plain = await run('backup')
  expect(plain).toMatchObject({ code: 0, errors: '' })
  const encrypted = await run('backup --json', { BACKUP_RECIPIENTS: recipient })
  expect(encrypted).toMatchObject({ code: 0, errors: '' })

  const found = await findBackups(directoryTarget(join(folder, 'archive')))
  const first = found.find(({ recipients }) => recipients.length === 0)
  const second = found.find(({ recipients }) => recipients.length > 0)
  expect(plain.output).toContain(
    `Backup ${first?.id} is in file://${folder}/archive.\nSnapshot: ${first?.snapshotAt}\n`,
  )
  expect(plain.output).toContain('Encrypted for: nobody: the backup is not encrypted\n')
  expect(JSON.parse(encrypted.output)).toMatchObject({ id: second?.id, recipients: [recipient], sealingKeys: [] })

  writeFileSync(join(folder, 'archive', first?.id ?? '', 'manifest.json'), '{"format":2}')
  const list = await run('backup list')
  expect(list.code).toBe(0)
  expect(list.output).toMatch(
    new RegExp(`^ID +SNAPSHOT +SIZE +ROWS +SCHEMA +PROGRAM +ENCRYPTED FOR\n${second?.id} .* 1 recipient\n$`),
  )
  expect(list.errors).toContain(`${first?.id}/manifest.json in file://${folder}/archive can't be read`)
})

test('backup has the canary, and stores its result for the metrics of the servers', async () => {
  await withClient(database(), (client) => client.query('TRUNCATE hadal.recovery_result'))
  const { code, output } = await run('backup --json')
  const { id, bytes } = JSON.parse(output)
  await run('backup', { BACKUP_TARGET: 'file:///dev/null/archive' })
  const { results, canaries } = await withClient(database(), async (client) => ({
    results: (await client.query('SELECT backup_id, bytes::int, error FROM hadal.recovery_result ORDER BY ended_at'))
      .rows,
    canaries: (await client.query('SELECT status FROM hadal.run WHERE tenant = $1', [canary.tenant])).rows,
  }))
  expect(code).toBe(0)
  expect(results).toEqual([
    { backup_id: id, bytes, error: null },
    { backup_id: null, bytes: null, error: expect.stringContaining('/dev/null/archive') },
  ])
  expect(canaries).toEqual([{ status: 'pending' }])
  const manifest = (await findBackups(directoryTarget(join(folder, 'archive')))).find((one) => one.id === id)
  expect(manifest?.tables.find(({ name }) => name === 'hadal.run')?.rows).toBe(1)
})

test.each([
  [
    'is a file',
    (target: string) => writeFileSync(target, ''),
    /^hadal-runtime: Can't write \S+ to file:\/\/\S+ \(ENOTDIR\): a part of its path is a file\. Set BACKUP_TARGET to a folder\.$/m,
  ],
  [
    'may not be written',
    // A folder of the kernel, in which root may create nothing either.
    () => {},
    /^hadal-runtime: Can't write \S+ to file:\/\/\/sys\/kernel\/hadal \(E(?:PERM|ACCES|ROFS)\): .*(?:Give it the rights|Mount it writable)/m,
  ],
])('backup to a target that %s says what is wrong with it and what to do', async (name, make, sentence) => {
  const target = name === 'is a file' ? join(folder, 'file') : '/sys/kernel/hadal'
  make(target)
  const { code, output, errors } = await run('backup', { BACKUP_TARGET: `file://${target}` })
  expect([code, output]).toEqual([1, ''])
  expect(errors).toMatch(sentence)
})

test('backup to a disk without room says so, and leaves no file', async () => {
  // A limit for the size of a file stands for a full disk.
  const target = join(folder, 'full')
  const command = 'ulimit -f 8 && exec "$0" "$1" backup'
  const program = join(import.meta.dirname, '../main.ts')
  const environment = { ...inheritedVariables, DATABASE_URL: database(), BACKUP_TARGET: `file://${target}` }
  const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, program], { env: environment })
  expect(status).toBe(1)
  expect(String(stderr)).toMatch(
    /^hadal-runtime: Can't write \S+ to file:\/\/\S+ \(EFBIG\): it takes no file of this size\. /m,
  )
  expect(readdirSync(target, { recursive: true }).filter((path) => /data|blocks|manifest/.test(String(path)))).toEqual(
    [],
  )
})

test('backup refuses missing and contradictory variables with one sentence', async () => {
  expect(await run('backup', { BACKUP_TARGET: '' })).toMatchObject({
    code: 1,
    errors: expect.stringContaining('BACKUP_TARGET is not set. Set it to file:///<folder> or s3://<bucket>/<prefix>.'),
  })
  const key = `${'A'.repeat(43)}=`
  expect(await run('backup', { ENCRYPTION: 'required', ENCRYPTION_KEY: key })).toMatchObject({
    code: 1,
    output: '',
    errors:
      'hadal-runtime: ENCRYPTION is "required", but BACKUP_RECIPIENTS is not set, so the backup would not be encrypted. Set it to an age recipient (age1…).\n',
  })
  expect(await run('backup', { BACKUP_TARGET: 's3://bucket/x', BACKUP_ACCESS_KEY_ID: 'id' })).toMatchObject({
    code: 1,
    errors: expect.stringContaining('Only one of BACKUP_ACCESS_KEY_ID and BACKUP_SECRET_ACCESS_KEY is set.'),
  })
  expect(await run('backup everything')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('unknown argument "everything". Usage: hadal-runtime backup [--json].'),
  })
})
