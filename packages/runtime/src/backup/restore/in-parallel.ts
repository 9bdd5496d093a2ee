import type pg from 'pg'

/**
 * Does work over several connections at the same time: each connection takes the next item when it has done one. After a failure no connection takes
 * another item, and the first error is thrown when all have stopped.
 */
export async function inParallel<Item>(
  clients: readonly pg.Client[],
  items: readonly Item[],
  work: (client: pg.Client, item: Item) => Promise<unknown>,
): Promise<void> {
  const left = [...items]
  const workers = clients.map(async (client) => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      try {
        await work(client, item)
      } catch (error) {
        left.length = 0
        throw error
      }
    }
  })
  const results = await Promise.allSettled(workers)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}
