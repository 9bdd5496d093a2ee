import type { Queryable } from '../transaction.ts'

/** Inserts the encrypted credentials of a run. The end or the deletion of the run deletes them. */
export async function insertRunCredentials(
  database: Queryable,
  run: { readonly runId: string; readonly tenant: string; readonly owner: string | null; readonly sealed: Uint8Array },
): Promise<void> {
  await database.query('INSERT INTO hadal.run_credentials (run_id, tenant, owner, sealed) VALUES ($1, $2, $3, $4)', [
    run.runId,
    run.tenant,
    run.owner,
    run.sealed,
  ])
}

/** Returns the encrypted credentials of a run; undefined if it has none, or if it has ended. */
export async function findRunCredentials(
  database: Queryable,
  { tenant, runId }: { readonly tenant: string; readonly runId: string },
): Promise<Buffer | undefined> {
  const { rows } = await database.query<{ sealed: Buffer }>(
    'SELECT sealed FROM hadal.run_credentials WHERE run_id = $1 AND tenant = $2',
    [runId, tenant],
  )
  return rows[0]?.sealed
}
