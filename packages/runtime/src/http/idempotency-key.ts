import type { Context } from 'hono'
import { z } from 'zod'
import { type IdempotentRequest, requestHash } from '../runs/idempotency.ts'
import { checked } from './checked-input.ts'

const Key = z.strictObject({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'must have 1 to 255 printable ASCII characters, without spaces'),
})

/**
 * Returns the idempotency key of a request that creates runs; undefined if it has none.
 *
 * @param place the thread of the request, or a name for requests without one
 * @param body the validated body
 * @throws {Refusal} 422 for an invalid key
 */
export function idempotencyKey(c: Context, place: string, body: unknown): IdempotentRequest | undefined {
  const header = c.req.header('idempotency-key')
  if (header === undefined) return undefined
  const { 'Idempotency-Key': key } = checked(Key, { 'Idempotency-Key': header })
  return { key, hash: requestHash(place, body) }
}
