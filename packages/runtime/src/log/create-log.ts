import { inspect } from 'node:util'
import { isObject } from '@hadal/middleware/unknown-value'
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'
import type { Redactor } from '../secrets/create-redactor.ts'

/**
 * Creates the log of a process: one line of JSON per event, without secrets. Redaction removes them by field name, by pattern and by exact value.
 * Each line has the production guide's fields `event`, `timestamp` (ISO 8601, UTC), `level` and `logger`.
 *
 * @param logger name of the program's part that writes the lines; a line with a field `logger` overrides it
 * @param destination default: standard output
 */
export const createLog = (level: string, redactor: Redactor, logger: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: {},
      messageKey: 'event',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      // A binding of a child log would repeat the key, and not every reader of JSON accepts that.
      mixin: () => ({ logger }),
      formatters: { level: (label) => ({ level: label }), log: (fields) => withoutSecrets(redactor, fields) },
      serializers: { err: (error: unknown) => errorFields(error, redactor) },
      hooks: { streamWrite: redactor.line },
    },
    ...(destination ? [destination] : []),
  )

function withoutSecrets(redactor: Redactor, fields: Record<string, unknown>): Record<string, unknown> {
  const clean = redactor.value(fields)
  return isObject(clean) ? { ...clean } : fields
}

/** Maximum number of characters of an error's message, and of its stack, in the log. */
const mostCharacters = 10_000

/**
 * Returns the fields of an error for the log. Requests, headers and responses, which the clients of providers add to errors, are omitted. It never
 * throws: the error may be frozen or have a getter that throws.
 */
function errorFields(error: unknown, redactor: Redactor): unknown {
  const cut = (text: unknown): unknown => (typeof text === 'string' ? redactor.start(text, mostCharacters) : text)
  try {
    if (!(error instanceof Error)) return cut(inspect(error, { depth: 2, getters: false, customInspect: false }))
    const fields: Record<string, unknown> = Object.isExtensible(error)
      ? { ...stdSerializers.err(error) }
      : { type: error.name, message: error.message, stack: error.stack }
    const { type, message, stack, code, status } = fields
    return { type, message: cut(message), stack: cut(stack), code, status }
  } catch {
    return { type: 'Error', message: 'The error can’t be read: a property of it throws.' }
  }
}
