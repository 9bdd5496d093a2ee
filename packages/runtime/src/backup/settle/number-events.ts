import type pg from 'pg'
import { internalEvents } from '../../store/queries/run-events.ts'

/**
 * Numbers by which the events of a run, and the entries of all threads, are numbered beyond those of the backup. The lost server has given the numbers in
 * between to events and entries that the backup does not have, and that clients have seen: a client that continues after one of them (`Last-Event-ID`)
 * would miss those with lower numbers.
 */
const distances = {
  /** About an event per token of a run. Its id has at most nine digits: room for a thousand restores. */
  events: 1_000_000,
  /** All runs of a database share these numbers, and each step takes one: 12 steps per second are a million in a day. Room for a million restores. */
  entries: 1_000_000_000,
} as const

/**
 * Lets the next attempts of the runs under review, and the next entries of all threads, have higher numbers than any event that a client has seen before
 * the restore.
 *
 * @param isWhole whether the whole database was restored; the restore of threads has raised the numbers of a living database already
 */
export async function numberEvents(client: pg.ClientBase, restoreId: string, isWhole: boolean): Promise<void> {
  await client.query(
    `INSERT INTO hadal.run_event (run_id, tenant, owner, sequence, event, data)
     SELECT run_id, tenant, owner, ${distances.events} + coalesce((
       SELECT max(sequence) FROM hadal.run_event AS event WHERE event.run_id = review.run_id), 0), '${internalEvents.mark}', ''
     FROM hadal.run_review AS review WHERE restore_id = $1`,
    [restoreId],
  )
  if (isWhole)
    await client.query(
      `SELECT setval('hadal.checkpoint_sequence', last_value + ${distances.entries}) FROM hadal.checkpoint_sequence`,
    )
}
