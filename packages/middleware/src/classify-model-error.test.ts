import { ContextOverflowError } from '@langchain/core/errors'
import { MiddlewareError } from 'langchain'
import { expect, test } from 'vitest'
import { classifyModelError } from './classify-model-error.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
/** An error in the form in which the SDKs of Anthropic and OpenAI throw it. */
const ofStatus = (status: number | undefined, body: object = {}, headers: Record<string, string> = {}, message = '') =>
  Object.assign(new Error(message), { status, error: body, headers: new Headers(headers) })

test.each([
  [ofStatus(429), 'rate-limited'],
  [ofStatus(529), 'unavailable'],
  [ofStatus(500), 'unavailable'],
  [ofStatus(408), 'unavailable'],
  [ofStatus(400), 'refused'],
  [ofStatus(413), 'refused'],
  [ofStatus(422), 'refused'],
  [ofStatus(401), 'credentials'],
  [ofStatus(403), 'credentials'],
  [ofStatus(404), 'no-such-model'],
  [ofStatus(402), 'spend-limit'],
])('classifies the status of %o as %s', (error, kind) => {
  expect(classifyModelError(error, now)).toEqual({ kind })
})

test.each([
  ofStatus(400, { type: 'error', error: { type: 'invalid_request_error', message: 'Your credit balance is too low' } }),
  ofStatus(400, { error: { message: 'You have reached your specified API usage limits.' } }),
  ofStatus(429, { code: 'insufficient_quota', message: 'You exceeded your current quota, please check your plan' }),
  ofStatus(400, { code: 'billing_hard_limit_reached' }),
])('classifies a message about credit or quota as spend-limit, with any status: %o', (error) => {
  expect(classifyModelError(error, now)).toEqual({ kind: 'spend-limit' })
})

test.each([
  [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'unavailable'],
  [{ type: 'error', error: { type: 'rate_limit_error' } }, 'rate-limited'],
  [{ type: 'server_error', code: null, message: 'The server had an error' }, 'unavailable'],
  [{ type: 'error', error: { type: 'invalid_request_error' } }, 'refused'],
  [{ message: 'an unknown type' }, 'unavailable'],
])('classifies an error inside a stream by its type: %o is %s', (body, kind) => {
  expect(classifyModelError(ofStatus(undefined, body), now)).toEqual({ kind })
})

const named = (name: string, message: string) => Object.assign(new Error(message), { name })

test.each([
  [ofStatus(400, {}, {}, 'API key not valid. Please pass a valid API key.'), 'credentials'],
  [named('ValidationException', 'The provided model identifier is invalid.'), 'no-such-model'],
  [named('ValidationException', 'Malformed input request'), 'refused'],
  [named('ThrottlingException', 'Too many requests'), 'rate-limited'],
])('classifies an error of Gemini or Bedrock whose status is missing or misleading: %o is %s', (error, kind) => {
  expect(classifyModelError(error, now)).toEqual({ kind })
})

test.each([
  new TypeError('fetch failed', { cause: Object.assign(new Error('read'), { code: 'ECONNRESET' }) }),
  new TypeError('terminated'),
  Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  Object.assign(new Error('the stream ended'), { name: 'ModelStreamError' }),
  Object.assign(new Error('took too long'), { name: 'TimeoutError' }),
  new Error('Received empty response from chat model call.'),
])('classifies a connection error as unavailable: %o', (error) => {
  expect(classifyModelError(error, now)).toEqual({ kind: 'unavailable' })
})

test('classifies a context that is too long as refused, with any status', () => {
  const error = ContextOverflowError.fromError(ofStatus(500, {}, {}, 'prompt is too long'))
  expect(classifyModelError(error, now)).toEqual({ kind: 'refused' })
})

test('classifies an error that middleware wrapped by its cause', () => {
  const error = MiddlewareError.wrap(MiddlewareError.wrap(ofStatus(529), 'inner'), 'outer')
  expect(classifyModelError(error, now)).toEqual({ kind: 'unavailable' })
})

test.each([
  new TypeError('undefined is not a function'),
  Object.assign(new Error('stop'), { name: 'AbortError' }),
  'text',
])('classifies an error that does not come from a provider as unknown: %o', (error) => {
  expect(classifyModelError(error, now)).toEqual({ kind: 'unknown' })
})

test('takes the wait from LangChain if the headers were removed from the error', () => {
  const error = Object.assign(new Error('slow down'), { status: 429, headers: '[redacted]', retryAfterMs: 4_000 })
  expect(classifyModelError(error, now)).toEqual({ kind: 'rate-limited', retryAfterMs: 4_000 })
})

test.each([
  [{ 'retry-after': '3' }, 3_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '250', 'retry-after': '3' }, 250],
  [{ 'retry-after': 'Tue, 24 Nov 2026 12:00:07 GMT' }, 7_000],
  [{ 'retry-after': 'Tue, 24 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
])('%o requires a wait of %s ms', (headers, retryAfterMs) => {
  expect(classifyModelError(ofStatus(429, {}, headers), now).retryAfterMs).toBe(retryAfterMs)
})
