import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { whyNoConnection } from '../../store/database-connection.ts'

/** A new database on the scratch server of a drill. */
export interface ScratchDatabase {
  readonly url: string
  /** Ends the connections to the database, and drops it. */
  drop(): Promise<void>
}

/**
 * Creates an empty database for a drill.
 *
 * @param serverUrl value of DRILL_DATABASE_URL
 * @throws Error with one sentence if the server can't be reached, or if its role may not create databases
 */
export async function createScratchDatabase(serverUrl: string): Promise<ScratchDatabase> {
  const name = `hadal_drill_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, `CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'hadal drill' })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Error(
      `The scratch server of the drill (DRILL_DATABASE_URL) can't be reached: ${whyNoConnection(error instanceof Error ? error : new Error(String(error)))}`,
      { cause: error },
    )
  }
  try {
    await client.query(statement)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The scratch server of the drill refused "${statement.split(' ').slice(0, 2).join(' ')}": ${reason}. DRILL_DATABASE_URL needs a role that may create databases.`,
      { cause: error },
    )
  } finally {
    await client.end()
  }
}
