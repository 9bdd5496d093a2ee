import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import type { BackupTarget } from './backup-target.ts'
import { type S3Location, s3Target } from './s3-target.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

/** Starts a fake of S3-compatible storage, whose handler answers when a request has arrived as a whole. */
async function fake(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<string> {
  const server = createServer((request, response) => request.resume().on('end', () => answer(response, request)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
function open(endpoint: string | undefined, answerWithinMs = 60_000): BackupTarget {
  const location: S3Location = {
    ...{ bucket: 'backups', prefix: 'prod', endpoint, region: 'eu' },
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  }
  const target = s3Target(location, { attempts: 3, answerWithinMs })
  cleanUps.unshift(() => target.close())
  return target
}
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: Error) => error.message,
  )

test.each([
  ['breaks', (response: ServerResponse) => response.destroy(), undefined],
  ['stalls', () => undefined, 2_000],
])(
  'a read whose connection %s in the middle is sent again, and refused after the last attempt',
  async (_, end, answerWithinMs) => {
    let broken = 2
    let requests = 0
    const endpoint = await fake((response) => {
      requests += 1
      response.writeHead(206, { 'content-length': 7 })
      if (broken > 0) response.write('con', () => end(response))
      else response.end('content')
      broken -= 1
    })
    const target = open(endpoint, answerWithinMs)
    expect(Buffer.from(await target.read('file', { offset: 0, bytes: 7 })).toString()).toBe('content')
    expect(requests).toBe(3)
    broken = Number.POSITIVE_INFINITY
    expect(await refusal(target.readAll('file'))).toMatch(
      /^Can't read file in s3:\/\/backups\/prod: \S+ can't be reached \((ECONNRESET|TimeoutError)\)\. Check BACKUP_ENDPOINT and the network\.$/,
    )
    expect(requests).toBe(6)
  },
)

const page = '<html><body><h1>Bad gateway</h1>'
const codeOf = (code: string): string => `<Error><Code>${code}</Code><Message>A message.</Message></Error>`
test.each([
  [
    503,
    codeOf('SlowDown'),
    'limits the number of requests (SlowDown) after 3 attempts. Run the command again later, or raise the limit for the bucket "backups".',
  ],
  [
    500,
    codeOf('InternalError'),
    'failed with status 500 (InternalError) after 3 attempts. Look at the state of the storage, and run the command again.',
  ],
  [
    507,
    codeOf('XMinioStorageFull'),
    'has no room for the bucket "backups" (XMinioStorageFull). Free space, or raise its quota.',
  ],
  [
    403,
    codeOf('QuotaExceeded'),
    'has no room for the bucket "backups" (QuotaExceeded). Free space, or raise its quota.',
  ],
  [
    502,
    page,
    'answers with status 502, but not as S3-compatible storage does after 3 attempts. Check BACKUP_ENDPOINT and what is between it and this machine, such as a proxy.',
  ],
  [
    200,
    page,
    'answers with status 200, but not as S3-compatible storage does. Check BACKUP_ENDPOINT and what is between it and this machine, such as a proxy.',
  ],
])('a storage that answers %s %s is refused in one sentence with what to do', async (status, body, reason) => {
  const endpoint = await fake((response) => response.writeHead(status).end(body))
  expect(await refusal(open(endpoint).list(''))).toBe(`Can't list s3://backups/prod: ${endpoint} ${reason}`)
})

test('a clock that stays wrong is named', async () => {
  const endpoint = await fake((response) => response.writeHead(403).end(codeOf('RequestTimeTooSkewed')))
  expect(await refusal(open(endpoint).write('file', Buffer.from('content')))).toBe(
    `Can't write file to s3://backups/prod: the clock of this machine and that of ${endpoint} differ too much. Set the clock that is wrong.`,
  )
})

test('a file that the storage does not delete is named', async () => {
  const errors =
    '<Error><Key>prod/a</Key><Code>NoSuchKey</Code></Error><Error><Key>prod/b</Key><Code>AccessDenied</Code></Error>'
  const endpoint = await fake((response) => response.end(`<DeleteResult>${errors}</DeleteResult>`))
  expect(await refusal(open(endpoint).delete(['a', 'b']))).toBe(
    `Can't delete b in s3://backups/prod: ${endpoint} refuses the access. Allow the access key to list, read, write and delete objects of the bucket "backups".`,
  )
})

test('a write has a checksum only at AWS, which needs one for a bucket with object lock', async () => {
  const checksums: unknown[] = []
  const endpoint = await fake((response, request) => {
    checksums.push(request.headers['x-amz-checksum-crc32'])
    response.end()
  })
  vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint)
  for (const given of [undefined, endpoint]) await open(given).write('file', Buffer.from('content'))
  expect(checksums).toEqual([expect.stringMatching(/=$/), undefined])
})
