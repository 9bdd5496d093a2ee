import { z } from 'zod'

const message = z.looseObject({
  message: z.unknown().optional(),
  type: z.unknown().optional(),
  code: z.unknown().optional(),
})

/** Error in the body of a response: `{ error: { type, code, message } }` of Anthropic and OpenAI, or `{ error: "…" }` of other servers. */
const ErrorBody = z.looseObject({
  error: z.union([message, z.string().transform((text) => ({ message: text, type: undefined, code: undefined }))]),
})

/** Statuses that the providers' APIs return for these types and codes of errors. */
const statusOfType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  context_length_exceeded: 400,
  authentication_error: 401,
  invalid_api_key: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  model_not_found: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  insufficient_quota: 429,
  overloaded_error: 529,
}

function statusOf({ code, type }: { code?: unknown; type?: unknown }): number {
  const numeric = Number(code)
  if (Number.isInteger(numeric) && numeric >= 400 && numeric <= 599) return numeric
  const [named] = [code, type].flatMap((word) =>
    typeof word === 'string' && Object.hasOwn(statusOfType, word) ? [statusOfType[word]] : [],
  )
  return named ?? 500
}

/**
 * Response with the status of the error that the body of a response with status 200 contains; undefined if it contains none. Some gateways
 * report errors that way, and the SDKs would look for an answer in it.
 */
export function errorResponse(body: unknown, headers: Headers): Response | undefined {
  const parsed = ErrorBody.safeParse(body)
  if (!parsed.success) return undefined
  const { error } = parsed.data
  const kept = new Headers(headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name)
  kept.set('content-type', 'application/json')
  return new Response(JSON.stringify({ ...parsed.data, error }), { status: statusOf(error), headers: kept })
}
