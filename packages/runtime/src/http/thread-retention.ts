import { Hono } from 'hono'
import { z } from 'zod'
import { unknownThread } from '../runs/refusal.ts'
import { pruneThreads } from '../runs/retention/prune-threads.ts'
import { ttlStrategies } from '../store/queries/due-threads.ts'
import { threadExists } from '../store/queries/thread-rows.ts'
import { threadStorage } from '../store/queries/thread-storage.ts'
import { checkedBody, Uuid, uuidParameter } from './checked-input.ts'
import { exactObject } from './exact-object.ts'
import { jsonAnswer } from './json-answer.ts'

export const Prune = exactObject({
  thread_ids: z.array(Uuid).max(1_000),
  strategy: z.enum(ttlStrategies, 'must be "delete" or "keep_latest"').nullish(),
})

/** Routes about what threads store: its size, and its removal. */
export function threadRetention(): Hono {
  const app = new Hono()
  app.post('/prune', async (c) => {
    const context = c.get('context')
    const { thread_ids, strategy } = await checkedBody(context, c, Prune)
    const { keepTurns } = context.retention
    return jsonAnswer({ pruned_count: await pruneThreads(context, thread_ids, strategy ?? 'delete', keepTurns) })
  })
  app.get('/:thread_id/storage', async (c) => {
    const context = c.get('context')
    const threadId = uuidParameter(c, 'thread_id')
    if (!(await threadExists(context.pool, context.scope, threadId))) throw unknownThread(threadId)
    const { checkpoints, pendingWrites, byChannel } = await threadStorage(context.pool, threadId)
    const channels = Object.values(byChannel)
    const values = {
      count: channels.reduce((sum, { count }) => sum + count, 0),
      bytes: channels.reduce((sum, { bytes }) => sum + bytes, 0),
    }
    return jsonAnswer({
      thread_id: threadId,
      total_bytes: checkpoints.bytes + values.bytes + pendingWrites.bytes,
      checkpoints,
      channel_values: {
        ...values,
        by_channel: Object.fromEntries(
          Object.entries(byChannel).map(([name, { count, bytes }]) => [name, { versions: count, bytes }]),
        ),
      },
      pending_writes: pendingWrites,
    })
  })
  return app
}
