import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedPostgres } from '@hadal/cli/up/embedded-postgres'

export interface StartedPostgres {
  /** The database `postgres`, as the superuser. */
  readonly url: string
  /** Where everything of it lies; the server's own user may enter. Its data is in `data`. */
  readonly folder: string
  /** Ends it, and nothing of it is left. */
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.')
  return address.port
}

/** A real PostgreSQL of the test's own. @throws Error with what it said, when it does not start */
export async function startPostgres(): Promise<StartedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-postgres-'))
  // PostgreSQL refuses to run as root, and its own user must be able to enter.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const EmbeddedPostgres = await embeddedPostgres(folder)
  const lines: string[] = []
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=300', '-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: (message) => lines.push(String(message)),
    onError: (message) => lines.push(String(message)),
  })
  try {
    await postgres.initialise()
    await postgres.start()
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`The embedded PostgreSQL did not start. It said:\n${lines.slice(-20).join('\n')}`, { cause: error })
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    folder,
    async stop() {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
