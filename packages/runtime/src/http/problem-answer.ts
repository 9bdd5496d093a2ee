import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { GraphUnavailable } from '../agents/graph-unavailable.ts'
import { Refusal } from '../runs/refusal.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { DatabaseUnavailable } from '../store/database-pool.ts'
import { SealError } from '../store/sealing/sealer.ts'
import type { HttpContext } from './http-context.ts'

/** An error response. `detail` is a sentence for people, and the other fields are for programs. */
export const problemAnswer = (
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  details: Refusal['details'] = {},
): Response => c.json({ ...details, detail }, status)

/** Converts an exception to an error response. An unexpected exception is logged, and its client gets a 500 without details. */
export function errorAnswer(context: HttpContext, error: Error, c: Context): Response {
  if (error instanceof Refusal && (error.status === 429 || error.status === 503)) c.header('Retry-After', '5')
  if (error instanceof Refusal && error.status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (error instanceof Refusal) return problemAnswer(c, error.status, error.message, error.details)
  // The server, not the request, is wrong, but a retry can't help: the graph is loaded again when the server starts.
  if (error instanceof GraphUnavailable) return problemAnswer(c, 409, context.redactor.text(error.message))
  // The data, not the request, is wrong: a retry can't help before the key or the row is there again.
  if (error instanceof SealError) {
    context.log.error({ err: error, method: c.req.method, path: c.req.path }, 'encrypted_row_unreadable')
    return problemAnswer(c, 409, error.message)
  }
  if (error instanceof HTTPException) {
    for (const [name, value] of error.res?.headers ?? []) if (name !== 'content-type') c.header(name, value)
    return problemAnswer(c, error.status, error.message)
  }
  if (error instanceof DatabaseUnavailable || isConnectionTrouble(error)) {
    context.log.warn({ err: error, path: c.req.path, trace_id: c.get('trace')?.traceId }, 'database_away')
    c.header('Retry-After', '5')
    return problemAnswer(c, 503, 'The database is unavailable or busy. Retry in a few seconds.')
  }
  context.log.error(
    { err: error, method: c.req.method, path: c.req.path, trace_id: c.get('trace')?.traceId },
    'request_failed',
  )
  return problemAnswer(c, 500, 'The server failed to handle this request. The server log has the reason.')
}
