import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { embeddedPostgres } from '@hadal/cli/up/embedded-postgres'

/*
 * A process that starts and stops an embedded PostgreSQL on request by messages. It ends PostgreSQL when its channel to
 * the test closes, so that the database never outlives the test.
 */

/** The command-line argument of this process, which is JSON. */
export interface PostgresOrder {
  /** An empty folder that the user of PostgreSQL can access. */
  readonly folder: string
  readonly port: number
}

/** Signal that stops PostgreSQL: SIGINT is a fast stop, SIGQUIT an immediate stop, SIGKILL a crash. */
export type StopSignal = 'SIGINT' | 'SIGQUIT' | 'SIGKILL'
export type PostgresCommand = { readonly do: 'start' } | { readonly do: 'stop'; readonly signal: StopSignal }
export type PostgresAnswer = { readonly done: true } | { readonly failed: string }

const patienceMs = 20_000
const lines: string[] = []
const keep = (message: unknown): void => {
  lines.push(String(message))
  lines.splice(0, lines.length - 30)
}

const order: PostgresOrder = JSON.parse(process.argv[2] ?? '')
const data = join(order.folder, 'data')
const EmbeddedPostgres = await embeddedPostgres(order.folder)
const postgres = new EmbeddedPostgres({
  databaseDir: data,
  port: order.port,
  user: 'postgres',
  password: 'postgres',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  // Commits must survive a crash, but not a power failure: without fsync the kernel still has the written data.
  postgresFlags: [
    ...['-c', 'max_connections=300', '-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    ...['-c', 'unix_socket_directories='],
  ],
  onLog: keep,
  onError: keep,
})

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const postmaster = (): number => {
  try {
    return Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10)
  } catch {
    return 0
  }
}

async function stop(signal: StopSignal): Promise<void> {
  const pid = postmaster()
  if (pid <= 0 || !isAlive(pid)) return
  process.kill(pid, signal)
  for (const end = Date.now() + patienceMs; isAlive(pid); await pause(20)) {
    if (Date.now() > end) throw new Error(`PostgreSQL did not end within ${patienceMs} ms of ${signal}.`)
  }
}

/** Waits for the backends of a crashed server: they end by themselves, and until then a new server refuses to start. */
async function start(): Promise<void> {
  for (const end = Date.now() + patienceMs; ; await pause(200)) {
    try {
      return await postgres.start()
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}

async function answer(work: () => Promise<void>): Promise<void> {
  const report = (said: PostgresAnswer): void => void process.send?.(said)
  try {
    await work()
    report({ done: true })
  } catch (error) {
    report({ failed: `${error instanceof Error ? error.message : error}\n${lines.join('\n')}` })
  }
}

process.once('disconnect', async () => {
  await stop('SIGINT').catch(() => stop('SIGKILL'))
  process.exit(0)
})
// Ignored, because Ctrl-C in a terminal also reaches this process, which ends with the test's channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('message', (command: PostgresCommand) =>
  answer(() => (command.do === 'start' ? start() : stop(command.signal))),
)
await answer(async () => {
  await postgres.initialise()
  await start()
})
