import { inspect } from 'node:util'
import { isObject } from '@hadal/middleware/unknown-value'
import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino'
import type { Redactor } from '../secrets/create-redactor.ts'

/**
 * The log of a process: a line of JSON an event, without secrets. They go by the names of fields, and from the line as a whole by what they look
 * like and what they are.
 *
 * @param destination the standard output by default
 */
export const createLog = (level: string, redactor: Redactor, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: {},
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => withoutSecrets(redactor, fields) },
      serializers: { err: errorFields },
      hooks: { streamWrite: redactor.text },
    },
    ...(destination ? [destination] : []),
  )

function withoutSecrets(redactor: Redactor, fields: Record<string, unknown>): Record<string, unknown> {
  const clean = redactor.value(fields)
  return isObject(clean) ? { ...clean } : fields
}

/** Characters of an error's message, and of its stack, that are logged. */
const mostCharacters = 10_000
const cut = (text: unknown): unknown =>
  typeof text === 'string' && text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text

/**
 * What is logged of an error: what a provider's client hangs on its errors (requests, headers, answers) is not for a log. Never throws, since
 * an author's code may throw anything: a frozen error, or one whose message is a getter that throws.
 */
function errorFields(error: unknown): unknown {
  try {
    if (!(error instanceof Error)) return cut(inspect(error, { depth: 2, getters: false, customInspect: false }))
    const fields: Record<string, unknown> = Object.isExtensible(error)
      ? { ...stdSerializers.err(error) }
      : { type: error.name, message: error.message, stack: error.stack }
    const { type, message, stack, code, status } = fields
    return { type, message: cut(message), stack: cut(stack), code, status }
  } catch {
    return { type: 'Error', message: 'This error throws when it is read.' }
  }
}
