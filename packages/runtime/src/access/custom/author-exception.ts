import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

const isError = (status: number): status is ContentfulStatusCode =>
  Number.isInteger(status) && status >= 400 && status <= 599

/**
 * Returns an exception of the author's handler as one that the server answers with its status, message and headers; undefined for any other error. It
 * may be of any version of LangGraph's `HTTPException`, or of Hono's.
 */
export function authorException(error: unknown): HTTPException | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined
  const { status } = error
  if (!isError(status)) return undefined
  const headers = 'headers' in error ? headersOf(error.headers) : undefined
  const res = headers && new Response(null, { status, headers })
  return new HTTPException(status, { message: error.message, cause: error, ...(res ? { res } : {}) })
}

function headersOf(given: unknown): Headers | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  try {
    return new Headers(given as ConstructorParameters<typeof Headers>[0])
  } catch {
    return undefined
  }
}
