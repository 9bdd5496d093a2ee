import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '@hadal/cli/up/free-port'
import pg from 'pg'

const execute = promisify(execFile)
const programs = '/usr/lib/postgresql/15/bin'
/** Debian's user `nobody`: PostgreSQL refuses to run as root. */
const nobody = { uid: 65_534, gid: 65_534 }
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'shared_buffers=512MB',
  'maintenance_work_mem=256MB',
  'max_wal_size=4GB',
  'autovacuum=off',
]

/** A PostgreSQL 15 of Debian's package. */
export interface DebianPostgres {
  /** Creates an empty database and returns its address. An existing one is dropped. */
  create(name: string): Promise<string>
  /** Runs a program of the package, such as `pg_dump`. @returns its duration in seconds */
  run(program: string, ...args: string[]): Promise<number>
  stop(): Promise<void>
}

/** Starts PostgreSQL 15. @param folder existing folder for its data */
export async function startDebianPostgres(folder: string): Promise<DebianPostgres> {
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? nobody : {}
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (isRoot) chownSync(data, nobody.uid, nobody.gid)
  const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  await execute(join(programs, 'initdb'), initdb, { ...user, cwd: folder })
  const port = await freePort()
  const options = settings.flatMap((setting) => ['-c', setting])
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...options], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = once(server, 'exit')
  const base = `postgres://postgres@127.0.0.1:${port}`
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: `${base}/postgres` })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  while (
    server.exitCode === null &&
    !(await admin('SELECT 1').then(
      () => true,
      () => false,
    ))
  )
    await pause(100)
  if (server.exitCode !== null) throw new Error(`PostgreSQL 15 did not start: it ended with ${server.exitCode}.`)
  return {
    async create(name) {
      await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await admin(`CREATE DATABASE ${name}`)
      return `${base}/${name}`
    },
    async run(program, ...args) {
      const begun = performance.now()
      await execute(join(programs, program), args)
      return (performance.now() - begun) / 1_000
    },
    async stop() {
      // SIGINT: fast shutdown.
      if (server.exitCode === null) server.kill('SIGINT')
      await ended
    },
  }
}
