import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Refusal } from '../runs/refusal.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { DatabaseUnavailable } from '../store/database-pool.ts'
import type { HttpContext } from './http-context.ts'

/** Every answer that is no success looks like this: `detail` is for a person to read. */
export const problemAnswer = (
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  details: Refusal['details'] = {},
): Response => c.json({ ...details, detail }, status)

/** What is thrown becomes a status and a sentence; what nobody expected is logged, and its client learns nothing of it. */
export function errorAnswer(context: HttpContext, error: Error, c: Context): Response {
  if (error instanceof Refusal) return problemAnswer(c, error.status, error.message, error.details)
  if (error instanceof HTTPException) return problemAnswer(c, error.status, error.message)
  if (error instanceof DatabaseUnavailable || isConnectionTrouble(error)) {
    context.log.warn({ err: error, path: c.req.path, trace_id: c.get('trace')?.traceId }, 'database_away')
    c.header('Retry-After', '5')
    return problemAnswer(c, 503, 'The database is away or busy. Try again in some seconds.')
  }
  context.log.error(
    { err: error, method: c.req.method, path: c.req.path, trace_id: c.get('trace')?.traceId },
    'request_failed',
  )
  return problemAnswer(c, 500, 'The server failed on this request. Its log says why.')
}
