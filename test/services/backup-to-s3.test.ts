import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ObjectLockRule,
  PutObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3'
import { listDeletionFiles } from '@hadal/runtime/backup/deletions/deletion-file'
import { findBackups } from '@hadal/runtime/backup/find-backups'
import { openTarget } from '@hadal/runtime/backup/open-target'
import type { BackupTarget } from '@hadal/runtime/backup/targets/backup-target'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { runProgram } from '@hadal/runtime/fixtures/server-process'
import { startTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { targetContract } from '@hadal/runtime/fixtures/target-contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startCuttingProxy } from './s3/cutting-proxy.ts'
import { startFakeTokenService } from './s3/fake-token-service.ts'
import { clientOf, type S3Storage } from './s3/s3-storage.ts'
import { startRadosgw } from './s3/start-radosgw.ts'
import { startVersitygw } from './s3/start-versitygw.ts'

/** Manifest of a backup that is older than every retention. */
const old = {
  ...{ format: 1, id: '20200101T000000Z-00000000', schemaVersion: 1, program: '1.0.0', postgres: '18.0' },
  ...{ snapshotAt: '2020-01-01T00:00:00.000Z', endedAt: '2020-01-01T00:01:00.000Z' },
  ...{ recipients: [], sealingKeys: [], tables: [] },
  blocks: { file: 'blocks', bytes: 0, sha256: '0'.repeat(64) },
}
const oldManifest = `${old.id}/manifest.json`

/** S3-compatible servers: each passes all tests. */
const servers = [
  { name: 'versitygw', start: startVersitygw, knowsRegions: true },
  // It accepts every region.
  { name: 'radosgw', start: startRadosgw, knowsRegions: false },
]

describe.each(servers)('$name', ({ start, knowsRegions }) => {
  const database = createDatabase()
  const empty = createDatabase({ migrated: false })
  const folder = mkdtempSync(join(tmpdir(), 'hadal-s3-test-'))
  let storage: S3Storage
  beforeAll(async () => {
    storage = await start()
  }, 600_000)
  afterAll(async () => {
    await storage.end()
    rmSync(folder, { recursive: true, force: true })
  })

  const onDatabase = (url: string) => ({ DATABASE_URL: url, DATABASE_OWNER_URL: url })
  const inBucket = (prefix: string) => ({
    BACKUP_TARGET: `s3://${storage.bucket}/${prefix}`,
    BACKUP_ENDPOINT: storage.endpoint,
  })
  const variables = (prefix: string) => ({ ...onDatabase(database()), ...inBucket(prefix) })
  const keys = () => ({
    BACKUP_ACCESS_KEY_ID: storage.accessKeyId,
    BACKUP_SECRET_ACCESS_KEY: storage.secretAccessKey,
  })
  const open = (prefix: string, changed: Partial<Parameters<typeof openTarget>[0]> = {}): BackupTarget =>
    openTarget({
      ...inBucket(prefix),
      ...{ BACKUP_REGION: 'us-east-1', BACKUP_ACCESS_KEY_ID: undefined, BACKUP_SECRET_ACCESS_KEY: undefined },
      ...keys(),
      ...changed,
    })

  targetContract(() => open('contract/of-targets'))

  test('an upload that was interrupted is removed when it is old, and one of another prefix stays', async () => {
    const client = clientOf(storage)
    for (const Key of ['interrupted/data-00001', 'interrupted-not/data-00001'])
      await client.send(new CreateMultipartUploadCommand({ Bucket: storage.bucket, Key }))
    const uploads = async (): Promise<(string | undefined)[]> =>
      ((await client.send(new ListMultipartUploadsCommand({ Bucket: storage.bucket }))).Uploads ?? []).map(
        ({ Key }) => Key,
      )
    const target = open('interrupted')
    await target.removeUnfinished(new Date(0))
    expect(await uploads()).toEqual(['interrupted-not/data-00001', 'interrupted/data-00001'])
    await target.removeUnfinished(new Date(Date.now() + 60_000))
    expect(await uploads()).toEqual(['interrupted-not/data-00001'])
    // An upload whose content fails leaves no parts.
    const content = async function* () {
      yield Buffer.alloc(20 * 2 ** 20)
      throw new Error('The source broke.')
    }
    await expect(target.write('data-00001', Readable.from(content()))).rejects.toThrow('The source broke.')
    expect(await uploads()).toEqual(['interrupted-not/data-00001'])
    await target.close()
    client.destroy()
  })

  test('interrupted uploads are removed over all pages of the list', async () => {
    const client = clientOf(storage)
    // A page has at most 1,000 uploads.
    for (let begun = 0; begun < 1_005; begun += 67)
      await Promise.all(
        Array.from({ length: 67 }, (_, index) =>
          client.send(new CreateMultipartUploadCommand({ Bucket: storage.bucket, Key: `many/data-${begun + index}` })),
        ),
      )
    const listed = () => client.send(new ListMultipartUploadsCommand({ Bucket: storage.bucket, Prefix: 'many/' }))
    expect((await listed()).IsTruncated).toBe(true)
    const target = open('many')
    await target.removeUnfinished(new Date(Date.now() + 60_000))
    expect((await listed()).Uploads ?? []).toEqual([])
    await target.close()
    client.destroy()
  })

  test('the command backup writes to S3-compatible storage, and backup list reads it', async () => {
    const server = await startTestServer(database())
    await server.client.runs.wait(null, 'echo', { input: { messages: [{ role: 'user', content: 'hello' }] } })
    await server.drain()
    const made = await runProgram(['backup', '--json'], { ...variables('prod/archive'), ...keys() })
    expect(made).toMatchObject({ code: 0, errors: '' })
    const target = open('prod/archive')
    const [manifest, ...others] = await findBackups(target)
    expect(others).toEqual([])
    expect(JSON.parse(made.output)).toMatchObject({ id: manifest?.id, target: `s3://${storage.bucket}/prod/archive` })
    expect((await target.list('')).map(({ path }) => path)).toEqual(
      ['blocks', 'data-00001', 'manifest.json'].map((name) => `${manifest?.id}/${name}`),
    )
    const list = await runProgram(['backup', 'list'], { ...variables('prod/archive'), ...keys() })
    expect(list).toMatchObject({ code: 0, errors: '', output: expect.stringContaining(manifest?.id ?? '?') })
    await target.close()
  })

  test('a restore brings threads back, except those that the log of deletions names; a backup removes what is too old', async () => {
    const prefix = 'restored'
    const target = open(prefix)
    await target.write(oldManifest, Buffer.from(JSON.stringify(old)))
    for (const path of [
      `${old.id}/data-00001`,
      '20200102T000000Z-of-a-killed-backup/data-00001',
      '20200102T000000Z-00000000/data-00001',
      'deletions/20191231T000000000Z-00000000.jsonl',
    ])
      await target.write(path, Buffer.from('old'))

    const server = await startTestServer(database(), { ...inBucket(prefix), ...keys() })
    const { threads, runs } = server.client
    const started = [await threads.create(), await threads.create()]
    const [kept = '', deleted = ''] = started.map(({ thread_id }) => thread_id)
    for (const id of [kept, deleted])
      await runs.wait(id, 'echo', { input: { messages: [{ role: 'user', content: 'kept' }] } })
    const made = await runProgram(['backup', '--json'], { ...variables(prefix), ...keys() })
    expect(made).toMatchObject({ code: 0, errors: '' })
    const { id, removed } = JSON.parse(made.output)
    expect(removed).toEqual([old.id])
    expect((await target.list('')).map(({ path }) => path)).toEqual([
      '20200102T000000Z-of-a-killed-backup/data-00001',
      ...['blocks', 'data-00001', 'manifest.json'].map((name) => `${id}/${name}`),
    ])

    await threads.delete(deleted)
    // A server that ends appends its deletions.
    await server.drain()
    expect(await listDeletionFiles(target)).toHaveLength(1)
    await target.close()
    const restored = await runProgram(['restore'], { ...onDatabase(empty()), ...inBucket(prefix), ...keys() })
    expect(restored).toMatchObject({ code: 0, output: expect.stringContaining(`Backup ${id} was restored`) })
    const again = await startTestServer(empty())
    const found = await again.client.threads.search()
    expect(found.map(({ thread_id }) => thread_id)).toContain(kept)
    expect(found.map(({ thread_id }) => thread_id)).not.toContain(deleted)
    expect((await again.client.threads.getState(kept)).values).toMatchObject({ messages: [{ content: 'kept' }, {}] })
    await again.drain()
  })

  test('a bucket with object lock takes backups, keeps what is removed, and the command says so', async () => {
    const client = clientOf(storage)
    const Bucket = 'locked'
    await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }))
    const Rule: ObjectLockRule = { DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } }
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const
    await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }))
    const BACKUP_TARGET = `s3://${Bucket}/prod`
    // As at AWS, with checksums of the SDK.
    vi.stubEnv('AWS_ENDPOINT_URL_S3', storage.endpoint)
    const target = open('prod', { BACKUP_TARGET, BACKUP_ENDPOINT: undefined })
    await target.write(oldManifest, Buffer.from(JSON.stringify(old)))
    const parts = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(2 ** 20, 1)))
    await target.write(`${old.id}/data-00001`, parts)
    vi.unstubAllEnvs()
    expect((await target.list('')).map(({ bytes }) => bytes)).toContain(20 * 2 ** 20)

    const made = await runProgram(['backup', '--json'], { ...variables('prod'), ...keys(), BACKUP_TARGET })
    expect(made).toMatchObject({
      code: 0,
      errors: `The storage of ${BACKUP_TARGET} keeps versions of what was removed: old backups and the log of deletions stay readable until a lifecycle rule of the bucket removes noncurrent versions.\n`,
    })
    expect(JSON.parse(made.output).removed).toEqual([old.id])
    expect(await target.readAll(oldManifest)).toBeUndefined()
    const { Versions = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: `prod/${oldManifest}` }),
    )
    expect(Versions.map(({ Key }) => Key)).toEqual([`prod/${oldManifest}`])
    await target.close()
    client.destroy()
  })

  test('an upload whose connection breaks is sent again, and one that breaks each time leaves no parts', async () => {
    const proxy = await startCuttingProxy(storage.endpoint)
    const target = open('cut', { BACKUP_ENDPOINT: proxy.endpoint })
    const content = randomBytes(20 * 2 ** 20)
    // In the middle of a part.
    proxy.cut(3, 3 * 2 ** 20)
    await target.write('file', Readable.from([content.subarray(0, 2 ** 20), content.subarray(2 ** 20)]))
    expect(proxy.left()).toBe(0)
    expect(content.equals((await target.readAll('file')) ?? Buffer.alloc(0))).toBe(true)
    proxy.cut(1_000, 3 * 2 ** 20)
    await expect(target.write('other', Readable.from([content]))).rejects.toThrow(
      /^Can't write other to s3:\/\/backups\/cut: http:\S+ can't be reached \(\w+\)\. Check BACKUP_ENDPOINT and the network\.$/,
    )
    expect((await target.list('')).map(({ path }) => path)).toEqual(['file'])
    const client = clientOf(storage)
    const { Uploads = [] } = await client.send(
      new ListMultipartUploadsCommand({ Bucket: storage.bucket, Prefix: 'cut/' }),
    )
    expect(Uploads).toEqual([])
    client.destroy()
    await target.close()
    proxy.end()
  })

  test.each([-2, 2])('a clock that is %i hours wrong does not matter', async (hours) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 })
    const target = open('clock')
    await target.write('file', Buffer.from('content'))
    expect(Buffer.from((await target.readAll('file')) ?? []).toString()).toBe('content')
    await target.close()
    vi.useRealTimers()
  })

  test('more files than one request lists or deletes are listed and deleted', async () => {
    const target = open('pages')
    const paths = Array.from({ length: 1_010 }, (_, index) => `file-${String(index).padStart(4, '0')}`)
    for (let from = 0; from < paths.length; from += 50)
      await Promise.all(paths.slice(from, from + 50).map((path) => target.write(path, Buffer.from('content'))))
    expect((await target.list('')).map(({ path }) => path)).toEqual(paths)
    await target.delete(paths)
    expect(await target.list('')).toEqual([])
    await target.close()
  })

  test('each refusal of the storage is one sentence with what to do, and without the key', async () => {
    const refusal = async (changed: Parameters<typeof open>[1]): Promise<string> => {
      const target = open('refused', changed)
      try {
        await target.write('file', Buffer.from('content'))
        return 'written'
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      } finally {
        await target.close()
      }
    }
    const { endpoint } = storage
    expect(await refusal({ BACKUP_SECRET_ACCESS_KEY: 'a-wrong-secret' })).toBe(
      `Can't write file to s3://backups/refused: ${endpoint} refuses the access key. Set BACKUP_ACCESS_KEY_ID and BACKUP_SECRET_ACCESS_KEY to a valid pair.`,
    )
    expect(await refusal({ BACKUP_ACCESS_KEY_ID: 'of-nobody' })).toContain('refuses the access key.')
    expect(await refusal({ BACKUP_TARGET: 's3://none-of-these/x' })).toBe(
      `Can't write file to s3://none-of-these/x: the bucket "none-of-these" does not exist at ${endpoint}. Create it, or correct BACKUP_TARGET.`,
    )
    expect(await refusal({ BACKUP_REGION: 'eu-central-1' })).toContain(
      knowsRegions ? 'is in another region than "eu-central-1". Set BACKUP_REGION.' : 'written',
    )
    expect(await refusal({ BACKUP_ENDPOINT: 'http://127.0.0.1:1' })).toBe(
      "Can't write file to s3://backups/refused: http://127.0.0.1:1 can't be reached (ECONNREFUSED). Check BACKUP_ENDPOINT and the network.",
    )
  })

  test('without keys, a pod signs in by the token of its identity', async () => {
    const service = await startFakeTokenService('token-of-the-pod', storage)
    const tokenFile = join(folder, 'token')
    const identity = {
      ...variables('by-identity'),
      AWS_ROLE_ARN: 'arn:aws:iam::000000000000:role/backup',
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
      AWS_ENDPOINT_URL_STS: service.url,
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    try {
      writeFileSync(tokenFile, 'token-of-the-pod')
      const made = await runProgram(['backup', '--json'], identity)
      expect(made).toMatchObject({ code: 0, errors: '' })
      expect(service.requests.map((sent) => [sent.get('Action'), sent.get('RoleArn')])).toEqual([
        ['AssumeRoleWithWebIdentity', identity.AWS_ROLE_ARN],
      ])
      const target = open('by-identity')
      expect((await findBackups(target)).map(({ id }) => id)).toEqual([JSON.parse(made.output).id])
      await target.close()

      writeFileSync(tokenFile, 'token-of-another')
      const refused = await runProgram(['backup', 'list'], identity)
      expect(refused.code).toBe(1)
      expect(refused.errors).toMatch(/^hadal-runtime: Can't list s3:\/\/backups\/by-identity: .*token is not valid/)
      expect(refused.errors).not.toContain('token-of-another')
    } finally {
      service.end()
    }
    const without = await runProgram(['backup', 'list'], {
      ...variables('by-identity'),
      AWS_EC2_METADATA_DISABLED: 'true',
    })
    expect(without).toMatchObject({
      code: 1,
      errors: expect.stringMatching(
        /there are no credentials for .* Set BACKUP_ACCESS_KEY_ID and BACKUP_SECRET_ACCESS_KEY, or give the pod an identity\./,
      ),
    })
  })
})
