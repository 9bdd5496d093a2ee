import type { Redactor } from '@hadal/middleware/redactor'
import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino'

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
  return typeof clean === 'object' && clean !== null ? { ...clean } : fields
}

/** What a provider's client hangs on its errors (requests, headers, answers) is not for a log. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { type, message, stack, code, status }: Record<string, unknown> = stdSerializers.err(error)
  return { type, message, stack, code, status }
}
