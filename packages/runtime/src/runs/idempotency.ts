import { createHash } from 'node:crypto'
import { claimKey, findKey } from '../store/queries/idempotency-keys.ts'
import { findRun, type RunRow } from '../store/queries/run-rows.ts'
import { wholeTenant } from '../store/scope.ts'
import type { Queryable } from '../store/transaction.ts'
import { Refusal } from './refusal.ts'
import type { RunsContext } from './runs-context.ts'

/** A request with an idempotency key: the header `Idempotency-Key`. */
export interface IdempotentRequest {
  readonly key: string
  /** Hash of the request: see {@link requestHash}. */
  readonly hash: string
}

/** How long a key is kept, in hours. A retry of a client comes earlier. */
export const keyHours = 24

/** Returns a value with the keys of its objects in alphabetical order, so that equal values have one JSON text. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([one], [two]) => (one < two ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, inOrder(one)]))
}

/**
 * SHA-256 of the body of a request and the place where it creates runs, in hexadecimal. The order of an object's keys does not matter.
 *
 * @param place the thread of the request, or a name for requests without one
 */
export const requestHash = (place: string, body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([place, inOrder(body)]))
    .digest('hex')

/**
 * Creates runs once for a key of the caller, in the caller's transaction. A second request with the key waits for the end of that transaction.
 *
 * @param create creates the runs
 * @returns the runs, or those that an earlier request with the key created
 * @throws {Refusal} 422 for the key of a different request; 409 if a run of the earlier request was deleted
 */
export async function onceByKey(
  { scope }: Pick<RunsContext, 'scope'>,
  database: Queryable,
  { key, hash }: IdempotentRequest,
  runIds: readonly string[],
  create: () => Promise<readonly RunRow[]>,
): Promise<readonly RunRow[]> {
  if (await claimKey(database, scope, { key, hash, runIds, hours: keyHours })) return create()
  const earlier = await findKey(database, scope, key)
  if (!earlier) throw new Refusal(409, `The Idempotency-Key "${key}" has just expired. Send the request again.`)
  if (earlier.request_hash !== hash) {
    throw new Refusal(
      422,
      `The Idempotency-Key "${key}" belongs to a different request, which created run ${earlier.run_ids.join(', ')}. Send a new key for each request that is not a repetition.`,
    )
  }
  const runs: RunRow[] = []
  for (const runId of earlier.run_ids) {
    const run = await findRun(database, wholeTenant(scope.tenant), runId)
    if (!run) {
      throw new Refusal(
        409,
        `The request with the Idempotency-Key "${key}" created run ${runId}, which was deleted or rolled back meanwhile. Send a new key to start another run.`,
      )
    }
    runs.push(run)
  }
  return runs
}
