// Runs an embedded PostgreSQL until its standard input closes: when the program that started it asks for its end, exits, or is
// killed by a signal that nobody can catch. Then the server, its data and this process are gone.
//
// It is a process of its own because the library installs an exit hook that ends its host with status 0, whatever the tests found.
//
//   node postgres-process.ts       prints one line of JSON, a `PostgresReport`, as soon as the server takes connections
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { embeddedPostgres } from '@hadal/cli/up/embedded-postgres'
import { freePort } from '@hadal/cli/up/free-port'

/** Address and folder of the started server. */
export interface PostgresReport {
  /** The database `postgres`, as the superuser. */
  readonly url: string
  /** Folder of everything that the server wrote. Its data directory is `data`. */
  readonly folder: string
}

const inputClosed = once(process.stdin.resume(), 'close')
// PostgreSQL refuses to run as root, and its own user must be able to enter.
const folder = mkdtempSync(join(tmpdir(), 'hadal-postgres-'))
chmodSync(folder, 0o755)
const removeFolder = (): void => rmSync(folder, { recursive: true, force: true })
process.once('exit', removeFolder)

const lines: string[] = []
const keep = (message: unknown): void => {
  lines.push(String(message))
  lines.splice(0, lines.length - 20)
}
const EmbeddedPostgres = await embeddedPostgres(folder)
const postgresOn = (port: number) =>
  new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // Nothing here outlives the tests, so nothing needs to reach the disk.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    postgresFlags: [
      ...['-c', 'max_connections=300'],
      ...['-c', 'fsync=off'],
      ...['-c', 'full_page_writes=off'],
      ...['-c', 'listen_addresses=127.0.0.1'],
    ],
    onLog: keep,
    onError: keep,
  })
const fail = (): never => {
  process.stderr.write(`The embedded PostgreSQL did not start. Its last lines:\n${lines.join('\n')}\n`)
  process.exit(1)
}
await postgresOn(0).initialise().catch(fail)
const { postgres, port } = await started()
const report: PostgresReport = { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, folder }
process.stdout.write(`${JSON.stringify(report)}\n`)
await inputClosed
await postgres.stop()
process.exit(0)

/** How often another port is tried. */
const mostPorts = 5

/** Another program may take the port between the look and the start: then the next one is tried. */
async function started() {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const postgres = postgresOn(port)
    try {
      await postgres.start()
      return { postgres, port }
    } catch {
      const taken = lines.some((line) => line.includes('could not create any TCP/IP sockets'))
      if (!taken || attempt === mostPorts) return fail()
    }
  }
}
