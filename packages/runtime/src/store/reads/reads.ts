import type pg from 'pg'

/** Work of a read. It must use the given pool only, which is that of the primary or one connection of a replica. */
export type ReadWork<Result> = (database: pg.Pool) => Promise<Result>

/** Executes reads that a replica of the database may answer. */
export interface Reads {
  /**
   * Executes a read of many threads. Its result has all writes from before the read, or, from a replica that lags, all but those of the last
   * `DATABASE_READ_LAG_SECONDS`.
   */
  ofMany<Result>(work: ReadWork<Result>): Promise<Result>
  /** Executes a read of one thread. Its result has all writes to the thread from before the read, by any process. */
  ofThread<Result>(threadId: string, work: ReadWork<Result>): Promise<Result>
}

/** Returns reads that the primary answers. */
export const primaryReads = (pool: pg.Pool): Reads => ({
  ofMany: (work) => work(pool),
  ofThread: (_threadId, work) => work(pool),
})
