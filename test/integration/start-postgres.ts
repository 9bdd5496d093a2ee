import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { PostgresReport } from './postgres-process.ts'

export interface StartedPostgres extends PostgresReport {
  /** Stops the server and removes its data. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL in a separate process. It stops, and its data is removed, when this process ends in any way.
 *
 * @throws Error with the last lines of its log if it does not start
 */
export async function startPostgres(): Promise<StartedPostgres> {
  const program = join(import.meta.dirname, 'postgres-process.ts')
  // Detached, so that Ctrl-C reaches only the test runner, and the server ends after the tests that use it.
  const child = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  const errors = text(child.stderr)
  const lines = createInterface({ input: child.stdout })
  const line = await Promise.race([once(lines, 'line'), ended.then(() => undefined)])
  if (line === undefined) throw new Error(await errors)
  const report: PostgresReport = JSON.parse(String(line[0]))
  return {
    ...report,
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}
