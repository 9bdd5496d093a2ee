/** Maximum of database connections of the child process that runs a suspect. */
export const suspectConnections = 3
/** What a server's own pool keeps at least. */
const leastOfServer = 1

/**
 * Connections of the pool of a server that executes runs: those of its child process are taken off, first from the overflow, so that the
 * pod as a whole never holds more than `DATABASE_POOL_SIZE` and `DATABASE_POOL_OVERFLOW` together.
 */
export function connectionsOfWorker(pool: { readonly size: number; readonly overflow: number }): {
  readonly size: number
  readonly overflow: number
} {
  const all = Math.max(pool.size + pool.overflow - suspectConnections, leastOfServer)
  const size = Math.min(pool.size, all)
  return { size, overflow: all - size }
}
