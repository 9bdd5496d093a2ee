/** Maximum number of database connections of the child process that executes a suspect run. */
export const suspectConnections = 3
/** Minimum number of database connections in the worker's own pool, besides those of its child process. */
const leastOfServer = 1

/**
 * Number of connections in the pool of a server that executes runs. The connections of its child process are subtracted, first from the
 * overflow, so that the pod never has more connections than `DATABASE_POOL_SIZE` and `DATABASE_POOL_OVERFLOW` together.
 */
export function connectionsOfWorker(pool: { readonly size: number; readonly overflow: number }): {
  readonly size: number
  readonly overflow: number
} {
  const all = Math.max(pool.size + pool.overflow - suspectConnections, leastOfServer)
  const size = Math.min(pool.size, all)
  return { size, overflow: all - size }
}
