import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@hadal/cli/up/free-port'
import type { PostgresAnswer, PostgresCommand, PostgresOrder, StopSignal } from './postgres-process.ts'

/** A real PostgreSQL that the test can stop and start. */
export interface RestartablePostgres {
  /** Address of the database `postgres` for the superuser. It does not change after a restart. */
  readonly url: string
  /** Stops PostgreSQL, and waits until its process has ended. */
  stop(signal: StopSignal): Promise<void>
  /** Starts PostgreSQL on the same data, and waits until it accepts connections. */
  start(): Promise<void>
  /** Stops PostgreSQL and removes its data. */
  remove(): Promise<void>
}

const program = join(import.meta.dirname, 'postgres-process.ts')

export async function startRestartablePostgres(): Promise<RestartablePostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-faults-'))
  // PostgreSQL refuses to run as root, so its own user must be able to access the folder.
  chmodSync(folder, 0o755)
  const order: PostgresOrder = { folder, port: await freePort() }
  const child = fork(program, [JSON.stringify(order)], { stdio: 'ignore', execArgv: [] })
  const ended = once(child, 'exit')
  const answered = async (command?: PostgresCommand): Promise<void> => {
    const answer = Promise.race([
      new Promise<PostgresAnswer>((resolve) => child.once('message', resolve)),
      ended.then(([code]): PostgresAnswer => ({ failed: `its process ended with ${code}` })),
    ])
    if (command) child.send(command)
    const said = await answer
    if ('failed' in said) throw new Error(`PostgreSQL did not ${command?.do ?? 'start'}: ${said.failed}`)
  }
  const remove = async (): Promise<void> => {
    if (child.connected) child.disconnect()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answered()
  } catch (error) {
    await remove()
    throw error
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${order.port}/postgres`,
    stop: (signal) => answered({ do: 'stop', signal }),
    start: () => answered({ do: 'start' }),
    remove,
  }
}
