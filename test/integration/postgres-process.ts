// Runs an embedded PostgreSQL until its standard input closes: when the program that started it requests its end, exits, or is
// killed by SIGKILL. It then stops the server, removes its data and exits.
//
// It is a separate process because the library installs an exit hook that ends its process with status 0, even after failed tests.
//
//   node postgres-process.ts       prints one line of JSON, a `PostgresReport`, as soon as the server accepts connections
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { embeddedPostgres } from '@hadal/cli/up/embedded-postgres'
import { freePort } from '@hadal/cli/up/free-port'

/** Address and folder of the started PostgreSQL server. */
export interface PostgresReport {
  /** Address of the database `postgres` for the superuser. */
  readonly url: string
  /** Folder with all files of the PostgreSQL server. Its data directory is `data`. */
  readonly folder: string
}

const inputClosed = once(process.stdin.resume(), 'close')
// PostgreSQL refuses to run as root, so its own user must be able to access the folder.
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
    // The data is removed after the tests, so nothing needs to be written to the disk.
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

/** Maximum number of ports on which PostgreSQL is started. */
const mostPorts = 5

/** Starts PostgreSQL on a free port. If another program takes the port meanwhile, another port is tried. */
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
