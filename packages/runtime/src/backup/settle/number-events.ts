import type pg from 'pg'
import { internalEvents } from '../../store/queries/run-events.ts'

/**
 * Number by which the events after a restore are numbered beyond those of the backup. The lost server has given the numbers in between to events that the
 * backup does not have, and that clients have seen: a client that continues after one of them (`Last-Event-ID`) would miss events with lower numbers.
 */
const distance = 1_000_000

/**
 * Lets the next attempts of the runs under review, and the next entries of all threads, have higher numbers than any event that a client has seen before
 * the restore.
 *
 * @param isWhole whether the whole database was restored; the restore of threads has raised the numbers of a living database already
 */
export async function numberEvents(client: pg.ClientBase, restoreId: string, isWhole: boolean): Promise<void> {
  await client.query(
    `INSERT INTO hadal.run_event (run_id, tenant, owner, sequence, event, data)
     SELECT run_id, tenant, owner, ${distance} + coalesce((
       SELECT max(sequence) FROM hadal.run_event AS event WHERE event.run_id = review.run_id), 0), '${internalEvents.mark}', ''
     FROM hadal.run_review AS review WHERE restore_id = $1`,
    [restoreId],
  )
  if (isWhole)
    await client.query(
      `SELECT setval('hadal.checkpoint_sequence', last_value + ${distance}) FROM hadal.checkpoint_sequence`,
    )
}
