import type { Amount, Scope, Spender } from '@hadal/middleware/token-budget/ledger'
import { settingTenant } from '../setting-tenant.ts'
import type { Queryable } from '../transaction.ts'

/** An amount in tokens and in billionths of a US dollar. A JavaScript number is exact up to nine million dollars. */
export interface Sum {
  readonly tokens: number
  readonly nanoUsd: number
}

/** Number of nano-dollars, the unit of stored amounts, in a US dollar. */
export const nano = 1_000_000_000
export const toSum = ({ tokens, usd }: Amount): Sum => ({ tokens, nanoUsd: Math.round(usd * nano) })

/** The attempt at a run that calls a model, to whose budgets the call counts. */
export interface Caller {
  readonly tenant: string
  readonly threadId: string
  readonly runId: string
  readonly attempt: number
}

/**
 * Returns the attempt that calls a model.
 *
 * @throws Error if the model is called outside of a run
 */
export function callerOf({ tenant, threadId, runId, attempt }: Spender): Caller {
  if (threadId !== undefined && runId !== undefined && attempt !== undefined)
    return { tenant, threadId, runId, attempt }
  throw new Error('The budget can’t be checked: the model was called outside of a run of this server.')
}

/** Answer of `hadal.reserve_ahead_v2`. Numbers are strings of digits: a bigint can exceed the exact range of a JavaScript number. */
export interface ReserveAnswer {
  readonly verdict: 'reserved' | 'busy' | 'exceeded'
  readonly granted_tokens: string
  readonly granted_nano_usd: string
  /** Scope of the budget that the model call exceeds. Null if the amount was reserved. */
  readonly refused_scope: Scope | null
  readonly refused_unit: 'tokens' | 'nano_usd' | null
  readonly refused_bound: string | null
  readonly refused_used: string | null
  readonly refused_reserved: string | null
}

const reserve = settingTenant('SELECT * FROM hadal.reserve_ahead_v2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)')
const settle = settingTenant('SELECT hadal.settle_ahead_v2($1, $2, $3, $4, $5, $6, $7, $8, $9) AS session')

/**
 * Reserves at least `least` and at most `most` in the caller's budgets. If these have plenty left, `most` is also reserved for further calls: the
 * granted amount is then a multiple of it.
 *
 * @param ahead maximum number of further calls
 * @param budgets limits by scope, as {"tokens": …, "nano_usd": …}
 */
export async function reserveSpending(
  database: Queryable,
  reservation: string,
  caller: Caller,
  least: Sum,
  most: Sum,
  ahead: number,
  budgets: object,
): Promise<ReserveAnswer> {
  const { rows } = await database.query<ReserveAnswer & Record<string, unknown>>(reserve, [
    caller.tenant,
    reservation,
    caller.threadId,
    caller.runId,
    caller.attempt,
    least.tokens,
    least.nanoUsd,
    most.tokens,
    most.nanoUsd,
    ahead,
    JSON.stringify(budgets),
  ])
  const [answer] = rows
  if (!answer) throw new Error('hadal.reserve_ahead_v2 returned no row.')
  return answer
}

/**
 * Adds used amounts to the run, the thread, and the tenant's day, and deletes the released reservations.
 *
 * @param drawn amounts of ended calls, by the id of the reservation that contains them and stays for further calls
 * @returns total tokens of the thread; null if the thread does not exist
 */
export async function settleSpending(
  database: Queryable,
  caller: Pick<Caller, 'tenant' | 'threadId' | 'runId'>,
  used: Sum,
  released: readonly string[],
  drawn: ReadonlyMap<string, Sum> = new Map(),
): Promise<number | null> {
  const { rows } = await database.query<{ session: string | null }>(settle, [
    caller.tenant,
    caller.threadId,
    caller.runId,
    used.tokens,
    used.nanoUsd,
    released,
    [...drawn.keys()],
    [...drawn.values()].map(({ tokens }) => tokens),
    [...drawn.values()].map(({ nanoUsd }) => nanoUsd),
  ])
  const session = rows[0]?.session ?? null
  return session === null ? null : Number(session)
}

/** Lists the tokens and cost that the tenants with the highest use have used today, in descending order. */
export async function tenantsToday(database: Queryable, most: number): Promise<readonly ({ tenant: string } & Sum)[]> {
  const { rows } = await database.query<{ tenant: string; tokens: string; nano_usd: string }>(
    `SELECT tenant, tokens, nano_usd FROM hadal.tenant_spending WHERE day = hadal.today()
     ORDER BY nano_usd DESC, tokens DESC LIMIT $1`,
    [most],
  )
  return rows.map(({ tenant, tokens, nano_usd }) => ({ tenant, tokens: Number(tokens), nanoUsd: Number(nano_usd) }))
}

/** Deletes budget reservations of ended attempts, and returns their number. They are no longer counted, so this only frees space. */
export async function deleteDeadReservations(database: Queryable): Promise<number> {
  const { rowCount } = await database.query(
    `DELETE FROM hadal.reservation AS dead WHERE NOT EXISTS (
       SELECT 1 FROM hadal.live_reservation AS live WHERE live.reservation_id = dead.reservation_id)`,
  )
  return rowCount ?? 0
}

/** Deletes what users have used on days more than 30 days ago, at most `most` rows, and returns their number. */
export async function deleteOldUserSpending(database: Queryable, most: number): Promise<number> {
  const { rowCount } = await database.query(
    `DELETE FROM hadal.user_spending WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM hadal.user_spending WHERE day < hadal.today() - 30 ORDER BY day LIMIT $1))`,
    [most],
  )
  return rowCount ?? 0
}
