import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { backendOf } from '../backend-of.ts'
import { connectionAsPool } from '../connection-as-pool.ts'
import { isConnectionTrouble } from '../connection-trouble.ts'
import {
  hasVersion,
  type PrimaryPosition,
  primaryPosition,
  type ReplicaPosition,
  replicaPosition,
} from '../queries/replication.ts'
import { beginOfTenant } from '../tenant-pools.ts'
import { LagSamples } from './lag-samples.ts'
import type { Reads, ReadWork } from './reads.ts'

/**
 * Why the primary answered a read in place of a replica: `away`, no replica answers; `foreign`, the address is not that of a replica of the primary;
 * `behind`, the replica lags by more than the bound; `written`, the thread was just written; `failed`, the replica ended the statement.
 */
export const fallbackReasons = ['away', 'foreign', 'behind', 'written', 'failed'] as const
export type FallbackReason = (typeof fallbackReasons)[number]

/** Time in milliseconds for which no replica is tried after none answered. */
const restMs = 5_000
/** Maximum time in milliseconds for which a read of many threads waits until a replica has all writes: replicas usually lag by a few milliseconds. */
const catchUpMs = 50
const betweenLooksMs = 5
/** Maximum time in milliseconds of a measurement of the lag. */
const measureMs = 1_000
/** Maximum time in milliseconds until a replica begins a transaction. */
const answerMs = 2_000
/** Minimum time in milliseconds between the start of a statement and its failure for which the statement is considered slow, and not repeated. */
const slowMs = 10_000

export interface ReplicaReadsOptions {
  /** Pool of connections to the replicas. */
  readonly replicas: pg.Pool
  readonly primary: pg.Pool
  /** Tenant of the reads, if row-level security separates the tenants. */
  readonly tenant?: string
  /** Maximum lag in seconds of a replica that answers a read. */
  readonly boundSeconds: number
  /** Called for each read that the primary answers in place of a replica. */
  readonly onFallback: (reason: FallbackReason, error: unknown) => void
  /** Called for each read that a replica has answered. */
  readonly onRead: () => void
  /** Called when a connection to a replica has no connection pooler in between. */
  readonly onDirect: () => void
}

/** A connection to a replica in a read-only transaction, and the position that its snapshots have at least. */
interface Lent {
  readonly client: pg.PoolClient
  readonly replica: ReplicaPosition
}

class Fallback extends Error {
  readonly reason: FallbackReason

  constructor(reason: FallbackReason, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/**
 * Reads from replicas, in a transaction that first looks how far the replica is: a connection pooler may connect each transaction to another one.
 * The primary answers where no replica may.
 */
export class ReplicaReads implements Reads {
  readonly #options: ReplicaReadsOptions
  readonly #samples: LagSamples
  /** The time until which no replica is tried, for the reads of all tenants. */
  readonly #rest: { until: number }

  constructor(options: ReplicaReadsOptions, like?: ReplicaReads) {
    this.#options = options
    this.#samples = like ? like.#samples : new LagSamples(options.boundSeconds * 1_000)
    this.#rest = like ? like.#rest : { until: 0 }
  }

  /** Returns reads of a tenant, if row-level security separates the tenants. @param primary pool of the tenant */
  of(tenant: string, primary: pg.Pool): ReplicaReads {
    return new ReplicaReads({ ...this.#options, tenant, primary }, this)
  }

  ofMany<Result>(work: ReadWork<Result>): Promise<Result> {
    return this.#read(work, null, async ({ client, replica }, primary) => {
      const position = await catchUp(client, replica.position, primary.position, catchUpMs)
      if (position >= primary.position || this.#samples.isWithinBound(position, performance.now())) return undefined
      return 'behind'
    })
  }

  ofThread<Result>(threadId: string, work: ReadWork<Result>): Promise<Result> {
    return this.#read(work, threadId, async ({ client, replica }, primary) => {
      if (replica.position >= primary.position) return undefined
      if (!this.#samples.isWithinBound(replica.position, performance.now())) return 'behind'
      const { version } = primary
      return version !== null && (await hasVersion(client, threadId, version)) ? undefined : 'written'
    })
  }

  /** Measures how many seconds a replica takes to have all writes of now. Infinity if it lags by more than the bound, or no replica answers. */
  async lagSeconds(): Promise<number> {
    try {
      return await this.#withReplica(null, async ({ client, replica }, primary) => {
        const begun = performance.now()
        const position = await catchUp(client, replica.position, primary.position, measureMs)
        if (position >= primary.position) return (performance.now() - begun) / 1_000
        return this.#samples.lagSeconds(position, performance.now())
      })
    } catch (error) {
      if (error instanceof Fallback) return Number.POSITIVE_INFINITY
      throw error
    }
  }

  async #read<Result>(
    work: ReadWork<Result>,
    threadId: string | null,
    refuse: (lent: Lent, primary: PrimaryPosition) => Promise<FallbackReason | undefined>,
  ): Promise<Result> {
    try {
      const result = await this.#withReplica(threadId, async (lent, primary) => {
        const reason = await refuse(lent, primary)
        if (reason) throw new Fallback(reason)
        return work(connectionAsPool(lent.client))
      })
      this.#options.onRead()
      return result
    } catch (error) {
      if (!(error instanceof Fallback)) throw error
      this.#options.onFallback(error.reason, error.cause)
      return work(this.#options.primary)
    }
  }

  /** @throws {Fallback} if the primary must answer; other errors of the work are those of its read */
  async #withReplica<Result>(
    threadId: string | null,
    work: (lent: Lent, primary: PrimaryPosition) => Promise<Result>,
  ): Promise<Result> {
    if (performance.now() < this.#rest.until) throw new Fallback('away')
    const primary = await primaryPosition(this.#options.primary, threadId).catch((error: unknown) => {
      // A database that is compatible with PostgreSQL may lack the functions.
      throw isConnectionTrouble(error) ? error : new Fallback('foreign', error)
    })
    if (!primary) throw new Fallback('foreign')
    this.#samples.record(primary.position, performance.now())
    const lent = await this.#lend().catch((error: unknown) => {
      const { replicas } = this.#options
      if (replicas.totalCount < replicas.options.max) this.#rest.until = performance.now() + restMs
      throw new Fallback('away', error)
    })
    const { client, replica } = lent
    const begun = performance.now()
    let broken = true
    try {
      // The replicas change their roles behind an address, so a connection to a former replica is closed.
      if (!replica.isReplica || replica.log !== primary.log) throw new Fallback('foreign')
      if (replica.backend === backendOf(client)) this.#options.onDirect()
      const result = await work(lent, primary)
      await client.query('COMMIT')
      broken = false
      return result
    } catch (error) {
      broken = (error instanceof Fallback && error.reason === 'foreign') || !(await rollback(client))
      const isSlow = performance.now() - begun > slowMs
      if (!isSlow && (error instanceof pg.DatabaseError || isConnectionTrouble(error)))
        throw new Fallback('failed', error)
      throw error
    } finally {
      client.release(broken)
    }
  }

  async #lend(): Promise<Lent> {
    const client = await this.#options.replicas.connect()
    try {
      const { tenant } = this.#options
      const text = tenant === undefined ? 'BEGIN READ ONLY' : beginOfTenant('BEGIN READ ONLY', tenant)
      const begin = { text, query_timeout: answerMs }
      await client.query(begin)
      return { client, replica: await replicaPosition(client) }
    } catch (error) {
      client.release(true)
      throw error
    }
  }
}

/** Waits until a replica has replayed a position, for a limited time, and returns up to where it has. */
async function catchUp(client: pg.PoolClient, replayed: bigint, wanted: bigint, withinMs: number): Promise<bigint> {
  const until = performance.now() + withinMs
  let position = replayed
  while (position < wanted && performance.now() < until) {
    await pause(betweenLooksMs)
    position = (await replicaPosition(client)).position
  }
  return position
}

const rollback = (client: pg.PoolClient): Promise<boolean> =>
  client.query('ROLLBACK').then(
    () => true,
    () => false,
  )
