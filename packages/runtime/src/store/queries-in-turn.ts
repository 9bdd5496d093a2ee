import type pg from 'pg'

/**
 * Makes a client send each query after the one before has ended. Several parts of the process query the listening connection, and `pg` deprecates a
 * query while another one is under way. A query without an answer closes the connection: the queries after it would get none either.
 *
 * @returns function that returns the monotonic time of the last answer in milliseconds
 */
export function queriesInTurn(client: pg.Client): () => number {
  const query: pg.Client['query'] = client.query.bind(client)
  let before: Promise<unknown> = Promise.resolve()
  let answeredAt = performance.now()
  const onAnswer = (): void => {
    answeredAt = performance.now()
  }
  const onError = (error: unknown): void => {
    if (error instanceof Error && error.message === 'Query read timeout') void client.end().catch(() => {})
  }
  Object.defineProperty(client, 'query', {
    configurable: true,
    value: (...args: Parameters<pg.Client['query']>): Promise<unknown> => {
      const result = before.then(() => query(...args))
      before = result.then(onAnswer, onError)
      return result
    },
  })
  return () => answeredAt
}
