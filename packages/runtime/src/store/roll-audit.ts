import type pg from 'pg'
import { lockWaitMs, retryWhileLocked } from './retry-while-locked.ts'

/** Number of months after the current one that have a partition of the audit. */
const monthsAhead = 3
const name = /^month_(\d{4})_(\d\d)$/

/** First day of a month, in UTC. */
type Month = Date

const monthOf = (time: Date, offset = 0): Month =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + offset))
const partitionOf = (month: Month): string =>
  `hadal_audit.month_${month.getUTCFullYear()}_${String(month.getUTCMonth() + 1).padStart(2, '0')}`

/** Partitions of the audit that a call of {@link rollAudit} added and removed, by their names. */
export interface RolledAudit {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Adds the partitions of the audit for the current month and the next ones, and removes those whose newest entry is older than the retention. Entries of
 * a month without a partition are in the partition `hadal_audit.other`, and are moved to a partition of their month.
 *
 * @param client connection as the owner of the tables, outside a transaction
 * @param retentionDays age in days from which entries are removed, by whole months; undefined to keep them
 */
export function rollAudit(client: pg.ClientBase, retentionDays: number | undefined): Promise<RolledAudit> {
  return retryWhileLocked(async () => {
    await client.query('BEGIN')
    try {
      await client.query(`SET LOCAL lock_timeout = ${lockWaitMs}`)
      // One caller at a time: migrations and backups call it.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('hadal.audit', 0))")
      const rolled = await rollLocked(client, retentionDays)
      await client.query('COMMIT')
      return rolled
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      throw error
    }
  })
}

async function rollLocked(client: pg.ClientBase, retentionDays: number | undefined): Promise<RolledAudit> {
  const { now, months } = await readMonths(client)
  const missing = new Map<string, Month>()
  const found = new Set(months.map(partitionOf))
  const add = (month: Month): void => {
    const partition = partitionOf(month)
    if (!found.has(partition)) missing.set(partition, month)
  }
  for (let offset = 0; offset <= monthsAhead; offset += 1) add(monthOf(now, offset))
  const { rows: others } = await client.query<{ month: Date }>(
    "SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS month FROM hadal_audit.other",
  )
  for (const { month } of others) add(monthOf(month))
  if (missing.size > 0) await addPartitions(client, missing, others.length > 0)
  const removed: string[] = []
  const oldest = retentionDays === undefined ? undefined : now.getTime() - retentionDays * 86_400_000
  for (const month of [...months, ...missing.values()]) {
    if (oldest === undefined || monthOf(month, 1).getTime() > oldest) continue
    const partition = partitionOf(month)
    await client.query(`ALTER TABLE hadal.audit DETACH PARTITION ${partition}`)
    await client.query(`DROP TABLE ${partition}`)
    removed.push(partition)
  }
  return { added: [...missing.keys()].filter((partition) => !removed.includes(partition)), removed }
}

/** Returns the time of the database and the months that have a partition. */
async function readMonths(client: pg.ClientBase): Promise<{ now: Date; months: Month[] }> {
  const { rows } = await client.query<{ now: Date; partitions: string[] }>(
    `SELECT now(), ARRAY(SELECT relname::text FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
       WHERE inhparent = 'hadal.audit'::regclass ORDER BY relname) AS partitions`,
  )
  const [row] = rows
  const months = (row?.partitions ?? []).flatMap((partition) => {
    const parts = name.exec(partition)
    return parts ? [new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1))] : []
  })
  return { now: row?.now ?? new Date(), months }
}

/** @param others whether entries are in the partition of the other months: PostgreSQL adds no partition for a month that has entries there */
async function addPartitions(
  client: pg.ClientBase,
  months: ReadonlyMap<string, Month>,
  others: boolean,
): Promise<void> {
  if (others) {
    await client.query('ALTER TABLE hadal.audit DETACH PARTITION hadal_audit.other')
    await client.query('ALTER TABLE hadal_audit.other RENAME TO moved')
    await client.query('CREATE TABLE hadal_audit.other PARTITION OF hadal.audit DEFAULT')
  }
  for (const [partition, month] of months) {
    const [from, to] = [month.toISOString(), monthOf(month, 1).toISOString()]
    await client.query(`CREATE TABLE ${partition} PARTITION OF hadal.audit FOR VALUES FROM ('${from}') TO ('${to}')`)
  }
  if (!others) return
  await client.query('INSERT INTO hadal.audit SELECT * FROM hadal_audit.moved')
  await client.query('DROP TABLE hadal_audit.moved')
}
