import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { freePorts } from '@hadal/runtime/fixtures/redis/free-ports'
import { buildTool } from '../cluster/tools/build.ts'

/** An S3-compatible server with a bucket. */
export interface S3Storage {
  readonly endpoint: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  end(): Promise<void>
}

/** Starts versitygw, an S3-compatible server that stores objects as files, with an empty bucket. */
export async function startS3Storage(): Promise<S3Storage> {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-s3-'))
  const bucket = 'backups'
  // A folder in the server's folder is a bucket.
  mkdirSync(join(folder, 'buckets', bucket), { recursive: true })
  mkdirSync(join(folder, 'metadata'))
  const program = (await buildTool('versitygw')).binary('versitygw')
  const [port] = await freePorts(1)
  const accessKeyId = 'access-key-of-the-test'
  const secretAccessKey = 'secret-key-of-the-test'
  const child = spawn(
    program,
    ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', join(folder, 'metadata'), join(folder, 'buckets')],
    {
      env: { ROOT_ACCESS_KEY_ID: accessKeyId, ROOT_SECRET_ACCESS_KEY: secretAccessKey },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const ended = once(child, 'exit')
  const endpoint = `http://127.0.0.1:${port}`
  await eventually(
    async () => {
      if (child.exitCode !== null) throw new Error(`versitygw ended with ${child.exitCode}:\n${errors}`)
      return fetch(endpoint).then(
        () => true,
        () => false,
      )
    },
    (answers) => answers,
  )
  return {
    endpoint,
    bucket,
    accessKeyId,
    secretAccessKey,
    async end() {
      if (child.exitCode === null) child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
