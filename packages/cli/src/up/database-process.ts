import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { databaseLogins } from './database-logins.ts'
import { embeddedPostgres } from './embedded-postgres.ts'

/*
 * Program of the process that runs PostgreSQL. It stops PostgreSQL when its IPC channel to `hadal up` closes, so that the database never
 * outlives that command, not even after kill -9.
 */

/** Argument of the database process, as JSON: the data folder and the port of PostgreSQL. */
export interface DatabaseOrder {
  readonly folder: string
  readonly port: number
  /** Path of the file with the database's password. As an argument of the process, every user of the machine could see the password. */
  readonly passwordFile: string
}

/** Message of the database process to `hadal up`: the database accepts connections, or the reason why it does not. */
export type DatabaseReport = { readonly ready: true } | { readonly failed: string }

/** Maximum milliseconds to wait until the database of an earlier start has stopped. */
const patienceMs = 15_000

const log: string[] = []
const keep = (message: unknown): void => {
  console.log(String(message).trimEnd())
  log.push(...String(message).split('\n').filter(Boolean))
  log.splice(0, log.length - 50)
}

async function postgres(order: DatabaseOrder, folder: string) {
  const EmbeddedPostgres = await embeddedPostgres(dirname(order.folder))
  return new EmbeddedPostgres({
    databaseDir: folder,
    port: order.port,
    user: 'hadal',
    password: readFileSync(order.passwordFile, 'utf8').trim(),
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: keep,
    onError: keep,
  })
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether a process is PostgreSQL. After a crash, its id may belong to another program. Outside Linux this is unknown, so the result is true. */
const isPostgres = (pid: number): boolean => {
  const command = `/proc/${pid}/cmdline`
  return !existsSync(command) || readFileSync(command, 'utf8').includes('postgres')
}

const numberIn = (file: string): number => (existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0)

/**
 * Handles `postmaster.pid` of an earlier start: waits while that PostgreSQL stops, stops it if its `database-process` was killed, and removes
 * the file if PostgreSQL itself was killed.
 */
async function clearStaleMark(folder: string): Promise<void> {
  const mark = join(folder, 'postmaster.pid')
  const keeper = numberIn(`${folder}.keeper`)
  let asked = false
  for (const end = Date.now() + patienceMs; existsSync(mark); await pause(100)) {
    const pid = numberIn(mark)
    if (!(pid > 0) || !isAlive(pid) || !isPostgres(pid)) return rm(mark, { force: true })
    if (!asked && keeper > 0 && !isAlive(keeper)) {
      process.kill(pid, 'SIGINT')
      asked = true
    }
    if (Date.now() > end) {
      throw new Error(
        `${folder} is in use by process ${pid}. Stop the other "hadal up" (or that process) and start again.`,
      )
    }
  }
}

/** Creates the server's roles, which get their rights by the migration. */
async function createRoles(database: Awaited<ReturnType<typeof postgres>>, ownerPassword: string): Promise<void> {
  const client = database.getPgClient('postgres', '127.0.0.1')
  await client.connect()
  try {
    for (const { username, password } of Object.values(databaseLogins(ownerPassword))) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [username])
      const verb = rowCount === 0 ? 'CREATE' : 'ALTER'
      await client.query(`${verb} ROLE ${username} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
    }
  } finally {
    await client.end()
  }
}

async function start(order: DatabaseOrder) {
  await mkdir(dirname(order.folder), { recursive: true })
  if (!existsSync(order.folder)) {
    // Created in another folder and then renamed, so that an incomplete database is never used.
    const unfinished = `${order.folder}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await (await postgres(order, unfinished)).initialise()
    await rename(unfinished, order.folder)
  }
  await clearStaleMark(order.folder)
  await writeFile(`${order.folder}.keeper`, String(process.pid))
  const database = await postgres(order, order.folder)
  await database.start()
  await createRoles(database, readFileSync(order.passwordFile, 'utf8').trim())
  return database
}

/** Reason why PostgreSQL did not start: PostgreSQL's last error, or the given error. */
function whyNot(error: unknown): string {
  const said = log.findLast((line) => /FATAL|PANIC|could not|No space/.test(line))
  if (said) return said.replace(/^.*?(FATAL|PANIC):\s*/, '').trim()
  return error instanceof Error ? error.message : 'it exited without an error message'
}

const report = (answer: DatabaseReport): void => void process.send?.(answer)

async function run(): Promise<void> {
  const order: DatabaseOrder = JSON.parse(process.argv[2] ?? '')
  const disconnected = new Promise((resolve) => process.once('disconnect', resolve))
  // Signals are ignored: this process exits when `hadal up` closes the channel, after it has stopped the server.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  try {
    const database = await start(order)
    report({ ready: true })
    await disconnected
    await database.stop()
  } catch (error) {
    report({ failed: whyNot(error) })
  }
  process.exit()
}

await run()
