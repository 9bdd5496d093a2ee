import type { Amount, Spender } from '@hadal/middleware/token-budget/ledger'
import type { Queryable } from '../transaction.ts'

/** A sum of tokens and of money; billionths of a US dollar fit into a JavaScript number up to nine million dollars. */
export interface Sum {
  readonly tokens: number
  readonly nanoUsd: number
}

/** Billionths in a US dollar. */
export const nano = 1_000_000_000
export const toSum = ({ tokens, usd }: Amount): Sum => ({ tokens, nanoUsd: Math.round(usd * nano) })

/** The attempt of a run that makes a call of a model. */
export interface Caller {
  readonly tenant: string
  readonly threadId: string
  readonly runId: string
  readonly attempt: number
}

/** @throws Error with a sentence where a model was called outside of a run */
export function callerOf({ tenant, threadId, runId, attempt }: Spender): Caller {
  if (threadId !== undefined && runId !== undefined && attempt !== undefined)
    return { tenant, threadId, runId, attempt }
  throw new Error('A budget is kept for the runs of this server, and a model was called outside of one.')
}

/** Numbers are digits: PostgreSQL's are larger than JavaScript's. */
export interface ReserveAnswer {
  readonly verdict: 'reserved' | 'busy' | 'exceeded'
  readonly granted_tokens: string
  readonly granted_nano_usd: string
  /** The budget that the call does not fit into; null where it is reserved. */
  readonly refused_scope: 'run' | 'thread' | 'tenantPerDay' | null
  readonly refused_unit: 'tokens' | 'nano_usd' | null
  readonly refused_bound: string | null
  readonly refused_used: string | null
  readonly refused_reserved: string | null
}

/** @param budgets by scope, as {"tokens": …, "nano_usd": …} */
export async function reserveSpending(
  database: Queryable,
  reservation: string,
  caller: Caller,
  least: Sum,
  most: Sum,
  budgets: object,
): Promise<ReserveAnswer> {
  const { rows } = await database.query<ReserveAnswer & Record<string, unknown>>(
    'SELECT * FROM hadal.reserve_spending($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [
      reservation,
      caller.tenant,
      caller.threadId,
      caller.runId,
      caller.attempt,
      least.tokens,
      least.nanoUsd,
      most.tokens,
      most.nanoUsd,
      JSON.stringify(budgets),
    ],
  )
  const [answer] = rows
  if (!answer) throw new Error('hadal.reserve_spending gave no answer.')
  return answer
}

/**
 * Counts what calls used for their run, thread and tenant's day, and gives back what they had reserved.
 *
 * @returns tokens of the thread so far; null if there is none
 */
export async function settleSpending(
  database: Queryable,
  caller: Pick<Caller, 'tenant' | 'threadId' | 'runId'>,
  used: Sum,
  reservations: readonly string[],
): Promise<number | null> {
  const { rows } = await database.query<{ session: string | null }>(
    'SELECT hadal.settle_spending($1, $2, $3, $4, $5, $6) AS session',
    [caller.tenant, caller.threadId, caller.runId, used.tokens, used.nanoUsd, reservations],
  )
  const session = rows[0]?.session ?? null
  return session === null ? null : Number(session)
}

/** What the tenants have used today, those who used most first. */
export async function tenantsToday(database: Queryable, most: number): Promise<readonly ({ tenant: string } & Sum)[]> {
  const { rows } = await database.query<{ tenant: string; tokens: string; nano_usd: string }>(
    `SELECT tenant, tokens, nano_usd FROM hadal.tenant_spending WHERE day = hadal.today()
     ORDER BY nano_usd DESC, tokens DESC LIMIT $1`,
    [most],
  )
  return rows.map(({ tenant, tokens, nano_usd }) => ({ tenant, tokens: Number(tokens), nanoUsd: Number(nano_usd) }))
}

/** Reservations of attempts that are over hold nothing back any more; this only takes them out of the way. */
export async function deleteDeadReservations(database: Queryable): Promise<void> {
  await database.query(
    `DELETE FROM hadal.reservation AS dead WHERE NOT EXISTS (
       SELECT 1 FROM hadal.live_reservation AS live WHERE live.reservation_id = dead.reservation_id)`,
  )
}
