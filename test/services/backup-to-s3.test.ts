import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3'
import { findBackups } from '@hadal/runtime/backup/find-backups'
import { openTarget } from '@hadal/runtime/backup/open-target'
import type { BackupTarget } from '@hadal/runtime/backup/targets/backup-target'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { runProgram } from '@hadal/runtime/fixtures/server-process'
import { startTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { targetContract } from '@hadal/runtime/fixtures/target-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type S3Storage, startS3Storage } from './s3-storage.ts'

const database = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-s3-test-'))
let storage: S3Storage
beforeAll(async () => {
  storage = await startS3Storage()
}, 600_000)
afterAll(async () => {
  await storage.end()
  rmSync(folder, { recursive: true, force: true })
})

const variables = (prefix: string): Readonly<Record<string, string>> => ({
  DATABASE_URL: database(),
  DATABASE_OWNER_URL: database(),
  BACKUP_TARGET: `s3://${storage.bucket}/${prefix}`,
  BACKUP_ENDPOINT: storage.endpoint,
})
const keys = (): Readonly<Record<string, string>> => ({
  BACKUP_ACCESS_KEY_ID: storage.accessKeyId,
  BACKUP_SECRET_ACCESS_KEY: storage.secretAccessKey,
})
const open = (prefix: string, changed: Partial<Parameters<typeof openTarget>[0]> = {}): BackupTarget =>
  openTarget({
    BACKUP_TARGET: `s3://${storage.bucket}/${prefix}`,
    BACKUP_ENDPOINT: storage.endpoint,
    BACKUP_REGION: 'us-east-1',
    BACKUP_ACCESS_KEY_ID: storage.accessKeyId,
    BACKUP_SECRET_ACCESS_KEY: storage.secretAccessKey,
    ...changed,
  })

targetContract(() => open('contract/of-targets'))

test('an upload that was interrupted is removed when it is old, and one of another prefix stays', async () => {
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: storage.endpoint,
    forcePathStyle: true,
    credentials: storage,
  })
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
  expect(await refusal({ BACKUP_TARGET: 's3://none-of-these/x' })).toBe(
    `Can't write file to s3://none-of-these/x: the bucket "none-of-these" does not exist at ${endpoint}. Create it, or correct BACKUP_TARGET.`,
  )
  expect(await refusal({ BACKUP_REGION: 'eu-central-1' })).toContain(
    'is in another region than "eu-central-1". Set BACKUP_REGION.',
  )
  expect(await refusal({ BACKUP_ENDPOINT: 'http://127.0.0.1:1' })).toBe(
    "Can't write file to s3://backups/refused: http://127.0.0.1:1 can't be reached (ECONNREFUSED). Check BACKUP_ENDPOINT and the network.",
  )
})

/**
 * A fake of the token service of AWS: it answers AssumeRoleWithWebIdentity for one token with the access key of the storage. It checks no signature
 * of the token, and gives no session token, which the storage would refuse.
 */
async function startFakeTokenService(
  token: string,
): Promise<{ server: Server; url: string; requests: URLSearchParams[] }> {
  const requests: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    const sent = new URLSearchParams(await text(request))
    requests.push(sent)
    if (sent.get('WebIdentityToken') !== token) {
      response.writeHead(400, { 'content-type': 'text/xml' })
      response.end(
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>InvalidIdentityToken</Code><Message>The token is not valid</Message></Error></ErrorResponse>',
      )
      return
    }
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(
      `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>${storage.accessKeyId}</AccessKeyId><SecretAccessKey>${storage.secretAccessKey}</SecretAccessKey><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The fake token service has no port.')
  return { server, url: `http://127.0.0.1:${address.port}`, requests }
}

test('without keys, a pod signs in by the token of its identity', async () => {
  const service = await startFakeTokenService('token-of-the-pod')
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
    service.server.close()
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
