import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '@hadal/runtime/fixtures/redis/free-ports'
import { buildTool } from '../../cluster/tools/build.ts'
import { accessKey, type S3Storage, withBucket } from './s3-storage.ts'
import { answers, startProgram } from './server-program.ts'

/** Starts versitygw, an S3-compatible server that stores objects as files. */
export async function startVersitygw(): Promise<S3Storage> {
  const program = (await buildTool('versitygw')).binary('versitygw')
  const folder = mkdtempSync(join(tmpdir(), 'hadal-versitygw-'))
  const folders = ['metadata', 'versions', 'buckets'].map((name) => join(folder, name))
  for (const path of folders) mkdirSync(path)
  const [metadata = '', versions = '', buckets = ''] = folders
  const [port] = await freePorts(1)
  const server = startProgram(
    program,
    [
      ...['--port', `127.0.0.1:${port}`, '--quiet'],
      ...['posix', '--sidecar', metadata, '--versioning-dir', versions, buckets],
    ],
    { ROOT_ACCESS_KEY_ID: accessKey.accessKeyId, ROOT_SECRET_ACCESS_KEY: accessKey.secretAccessKey },
  )
  const end = async (): Promise<void> => {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const endpoint = `http://127.0.0.1:${port}`
  try {
    await server.until(() => answers(endpoint))
    return await withBucket(endpoint, end)
  } catch (error) {
    await end()
    throw error
  }
}
