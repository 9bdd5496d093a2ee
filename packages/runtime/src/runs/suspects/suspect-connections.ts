/** Maximum number of database connections of the child process that executes a suspect run. */
export const suspectConnections = 3
/** Minimum number of database connections in the worker's own pool, besides those of its child process. */
const leastOfServer = 1

interface Connections {
  readonly size: number
  readonly overflow: number
}

/** Number of connections in a pool from which others are subtracted, first from the overflow. */
export function connectionsWithout(pool: Connections, others: number): Connections {
  const all = Math.max(pool.size + pool.overflow - others, leastOfServer)
  const size = Math.min(pool.size, all)
  return { size, overflow: all - size }
}

/**
 * Number of connections in the pool of a server that executes runs. The connections of its child process are subtracted, so that the pod never has more
 * connections than `DATABASE_POOL_SIZE` and `DATABASE_POOL_OVERFLOW` together.
 */
export const connectionsOfWorker = (pool: Connections): Connections => connectionsWithout(pool, suspectConnections)
