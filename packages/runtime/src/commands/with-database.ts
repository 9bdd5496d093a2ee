import pg from 'pg'
import { databaseConnection, type VerifiedTls, whyNoConnection } from '../store/database-connection.ts'
import { DatabaseUnavailable } from '../store/database-pool.ts'

export interface CommandDatabase {
  readonly url: string
  readonly tls: VerifiedTls | undefined
  /** `application_name` of the connection, such as `hadal keys`. */
  readonly name: string
}

/**
 * Runs the work of a command on a connection of its own.
 *
 * @throws Error with one sentence if the database can't be reached
 */
export async function withDatabase<Result>(
  { url, tls, name }: CommandDatabase,
  work: (pool: pg.Pool) => Promise<Result>,
): Promise<Result> {
  const pool = new pg.Pool({ ...databaseConnection(url, tls), max: 1, application_name: name })
  pool.on('error', () => {})
  try {
    await pool.query('SELECT 1').catch((error: Error) => {
      throw new DatabaseUnavailable(`The database can't be reached: ${whyNoConnection(error)}`, error)
    })
    return await work(pool)
  } finally {
    await pool.end()
  }
}
