import { createChildren } from '@hadal/cli/up/child'
import { startDatabase } from '@hadal/cli/up/database'
import pg from 'pg'
import { environment } from '../environment.ts'
import { postgresCpu } from './postgres-cpu.ts'

/** Work of a PostgreSQL server, from a start to an end. */
export interface DatabaseWork {
  /** Number of statements that clients sent, BEGIN and COMMIT included. */
  readonly statements: number
  /** Number of transactions that wrote, so that their commit waits for the disk. */
  readonly commits: number
  /** Number of times that PostgreSQL planned a statement. */
  readonly plans: number
  /** CPU time of PostgreSQL in milliseconds. */
  readonly cpuMs: number
}

export interface MeasuredDatabase {
  /** Creates a database and returns its address. */
  create(name: string): Promise<string>
  /** Returns the work of the PostgreSQL server since its start. */
  work(): Promise<DatabaseWork>
  stop(): Promise<void>
}

const settings = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
  'pg_stat_statements.max': '10000',
  max_connections: '300',
}

/** Transaction ids are only assigned to transactions that write. This query gets none. */
const workQuery = `SELECT sum(calls)::int AS statements, pg_snapshot_xmax(pg_current_snapshot())::text::int AS commits,
    sum(plans)::int AS plans
  FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'`

/** Starts an embedded PostgreSQL that counts its statements. */
export async function measuredDatabase(state: string): Promise<MeasuredDatabase> {
  const first = createChildren()
  try {
    await configure((await startDatabase(state, environment, first)).url)
  } finally {
    await first.stop()
  }
  const children = createChildren()
  const { url, folder } = await startDatabase(state, environment, children)
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query('CREATE EXTENSION pg_stat_statements')
  return {
    async create(name) {
      await admin.query(`CREATE DATABASE ${name}`)
      const address = new URL(url)
      address.pathname = `/${name}`
      return address.href
    },
    async work() {
      const { rows } = await admin.query<Omit<DatabaseWork, 'cpuMs'>>(workQuery)
      const [row] = rows
      if (!row) throw new Error('PostgreSQL returned no numbers of its work.')
      return { ...row, cpuMs: postgresCpu(folder) }
    },
    async stop() {
      await admin.end()
      await children.stop()
    },
  }
}

/** Writes the settings, which need a restart. */
async function configure(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const [name, value] of Object.entries(settings)) await client.query(`ALTER SYSTEM SET ${name} = '${value}'`)
  } finally {
    await client.end()
  }
}

/** The work per run between two readings, without the share that an idle server does in the same time. */
export function workOfRun(
  before: DatabaseWork,
  after: DatabaseWork,
  runs: number,
  idle: { readonly from: DatabaseWork; readonly to: DatabaseWork; readonly share: number },
): DatabaseWork {
  const of = (field: keyof DatabaseWork): number =>
    (after[field] - before[field] - (idle.to[field] - idle.from[field]) * idle.share) / runs
  return { statements: of('statements'), commits: of('commits'), plans: of('plans'), cpuMs: of('cpuMs') }
}
