import { format } from 'node:util'
import type { Logger } from 'pino'
import type { Redactor } from '../secrets/create-redactor.ts'

const levels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error', trace: 'debug' } as const
/** Maximum number of characters of a call of the console in the log. */
const mostCharacters = 10_000
type Method = keyof typeof levels
const methods = Object.keys(levels) as readonly Method[]

/**
 * Makes the console of a process write lines of its log. Agents and libraries use the console: their lines would have no fields, and their
 * secrets would not be redacted.
 */
export function consoleToLog(console: Pick<Console, Method>, log: Logger, redactor: Redactor): void {
  for (const method of methods) {
    console[method] = (...values: readonly unknown[]) =>
      log[levels[method]]({ logger: 'console', text: redactor.start(format(...values), mostCharacters) }, 'console')
  }
}
