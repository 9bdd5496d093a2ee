import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Manifest } from '../../backup/manifest.ts'
import { requireVectors } from '../../backup/restore/require-vectors.ts'
import { whyNotRestored } from '../../backup/restore/why-not-restored.ts'
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
 * @param manifest the backup that is to be restored into it
 * @throws Error with one sentence if the server can't be reached, has no pgvector although the backup has vectors, or refuses the database
 */
export async function createScratchDatabase(serverUrl: string, manifest: Manifest): Promise<ScratchDatabase> {
  const name = `hadal_drill_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, async (client) => {
    await requireVectors(client, manifest, {
      name: `the ${server}`,
      remedy:
        'Use a PostgreSQL with pgvector for it; in a cluster, that is the image "pgvector" in charts/src/images.json.',
    })
    await client.query(`CREATE DATABASE ${name}`).catch((error: unknown) => refused(client, error))
  })
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => onServer(serverUrl, (client) => drop(client, name)),
  }
}

/** Drops a database. PostgreSQL waits five seconds for connections that are being closed; those that remain are ended. */
async function drop(client: pg.Client, name: string): Promise<void> {
  const statement = `DROP DATABASE IF EXISTS ${name}`
  await client.query(statement).catch(() => client.query(`${statement} WITH (FORCE)`))
}

const server = 'scratch server of the drill (DRILL_DATABASE_URL)'

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'hadal drill' })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new Error(
      `The ${server} can't be reached: ${whyNoConnection(error instanceof Error ? error : new Error(String(error)))} In a cluster it is the container "scratch" of the drill's pod: read its log.`,
      { cause: error },
    )
  }
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** @throws Error with one sentence that says why the server refused the database */
async function refused(client: pg.Client, error: unknown): Promise<never> {
  const reason = error instanceof Error ? error.message : String(error)
  const isForbidden = error instanceof Error && 'code' in error && error.code === '42501'
  if (!isForbidden) throw new Error(`The ${server} can't create a database: ${whyNotRestored(error)}`, { cause: error })
  const { rows } = await client.query<{ role: string }>('SELECT quote_ident(current_user) AS role')
  const role = rows[0]?.role
  throw new Error(
    `The ${server} does not let the role ${role} create databases: ${reason}. Execute ALTER ROLE ${role} CREATEDB as a superuser, or use another role.`,
    { cause: error },
  )
}
