import type { Scope } from '../scope.ts'
import { resealCopy } from '../sealing/copied-seals.ts'
import type { Queryable } from '../transaction.ts'

/** Creates a thread of the scope's owner with the metadata, TTL, state and history of another one, without its runs. */
export async function copyThreadRows(
  database: Queryable,
  { tenant, owner }: Scope,
  from: string,
  to: string,
): Promise<void> {
  await database.query(
    `INSERT INTO hadal.thread (thread_id, tenant, owner, status, metadata, "values", interrupts, error, ttl_strategy, ttl_minutes)
     SELECT $2, tenant, $4, CASE WHEN status = 'busy' THEN 'idle' ELSE status END, metadata, "values", interrupts, error, ttl_strategy, ttl_minutes
     FROM hadal.thread WHERE thread_id = $1 AND tenant = $3`,
    [from, to, tenant, owner],
  )
  const copies = [
    ['checkpoints', 'checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata, hadal_sequence'],
    ['checkpoint_blobs', 'checkpoint_ns, channel, version, type, blob'],
    ['checkpoint_writes', 'checkpoint_ns, checkpoint_id, task_id, idx, channel, type, blob'],
  ] as const
  for (const [table, columns] of copies) {
    await database.query(
      `INSERT INTO public.${table} (thread_id, ${columns}) SELECT $2, ${columns} FROM public.${table} WHERE thread_id = $1`,
      [from, to],
    )
  }
  await resealCopy(database, { tenant, threadId: from }, { tenant, threadId: to })
  // The copy also contains begun executions, so that it asks about calls that may have acted. They come last: a run may begin one meanwhile.
  await database.query(
    `INSERT INTO hadal.tool_call (tenant, owner, thread_id, place, execution, tool, run_id, attempt, begun_at, ended_at, outcome)
     SELECT tenant, $4, $2, place, execution, tool, run_id, attempt, begun_at, ended_at, outcome
     FROM hadal.tool_call WHERE thread_id = $1 AND tenant = $3`,
    [from, to, tenant, owner],
  )
}
