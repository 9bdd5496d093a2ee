import { queueSchema, runQueue } from '../../store/run-queue.ts'
import type { Queryable } from '../../store/transaction.ts'
import { canary } from './canary.ts'

/** Removes the run of the canary and its state. The thread stays: the log of deletions must not name it. */
export async function removeCanary(client: Queryable): Promise<void> {
  const { tenant, threadId } = canary
  await client.query("SELECT set_config('hadal.tenant', $1, true)", [tenant])
  await client.query('SELECT 1 FROM hadal.thread WHERE thread_id = $1 AND tenant = $2 FOR UPDATE', [threadId, tenant])
  await client.query(`DELETE FROM ${queueSchema}.job WHERE name = '${runQueue}' AND singleton_key = $1`, [threadId])
  for (const table of ['checkpoint_writes', 'checkpoint_blobs', 'checkpoints']) {
    await client.query(`DELETE FROM public.${table} WHERE thread_id = $1`, [threadId])
  }
  await client.query('DELETE FROM hadal.run WHERE thread_id = $1 AND tenant = $2', [threadId, tenant])
  await client.query("UPDATE hadal.thread SET status = 'idle' WHERE thread_id = $1 AND tenant = $2", [threadId, tenant])
}
