import { format } from 'node:util'
import { isRecord } from '@hadal/middleware/unknown-value'
import type { Logger } from 'pino'
import type { Redactor } from '../secrets/create-redactor.ts'

/** Levels of the SDK's logger and those of the log that they become. */
const levels = {
  error: 'error',
  warn: 'warn',
  help: 'info',
  data: 'info',
  info: 'info',
  prompt: 'info',
  input: 'info',
  http: 'debug',
  debug: 'debug',
  verbose: 'debug',
  silly: 'debug',
} as const
/** Maximum number of characters of a message in the log. */
const mostCharacters = 10_000
/** Key of the global object under which the LangGraph SDK's `getLogger()` finds its logger. */
const registered = Symbol.for('langgraph.api.sdk-logger')

/** Makes the `getLogger()` of the LangGraph SDK return a logger that writes to the log of this process. */
export function registerSdkLogger(global: object, log: Logger, redactor: Redactor): void {
  const entries = Object.entries(levels).map(([name, level]) => [
    name,
    (message: unknown, ...more: readonly unknown[]) => {
      const fields = more.filter((value) => isRecord(value) && !(value instanceof Error))
      const words = more.filter((value) => !fields.includes(value))
      const text = redactor.start(format(message, ...words), mostCharacters)
      log[level](
        { logger: 'agent', text, ...(fields.length > 0 ? { fields: Object.assign({}, ...fields) } : {}) },
        'agent_log',
      )
      return logger
    },
  ])
  const logger: unknown = Object.fromEntries(entries)
  Reflect.set(global, registered, logger)
}
