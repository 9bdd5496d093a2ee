import { deleteThreads } from '../../store/queries/delete-threads.ts'
import type { TtlStrategy } from '../../store/queries/due-threads.ts'
import { activeRuns } from '../../store/queries/run-rows.ts'
import { lockThread } from '../../store/queries/thread-rows.ts'
import { changeable } from '../../store/scope.ts'
import { transaction } from '../../store/transaction.ts'
import type { RunsContext } from '../runs-context.ts'
import { pruneLocked } from './prune-locked.ts'

/**
 * Deletes threads, or removes their checkpoints that keep-latest does not keep. It leaves out threads that the scope does not see, and those
 * with an active or queued run.
 *
 * @returns number of threads that were deleted or pruned
 */
export async function pruneThreads(
  { pool, scope }: Pick<RunsContext, 'pool' | 'scope'>,
  threadIds: readonly string[],
  strategy: TtlStrategy,
  keepTurns: number,
): Promise<number> {
  let pruned = 0
  for (const threadId of new Set(threadIds)) {
    let left: 'nothing' | 'some' | 'busy' = 'some'
    while (left === 'some') {
      left = await transaction(pool, async (client) => {
        if (!(await lockThread(client, changeable(scope), threadId))) return 'busy'
        if ((await activeRuns(client, { tenant: scope.tenant, threadId })).length > 0) return 'busy'
        if (strategy === 'delete') {
          await deleteThreads(client, [threadId])
          return 'nothing'
        }
        const { complete } = await pruneLocked(client, [threadId], { keepTurns, minimumAgeMs: 0 })
        return complete ? 'nothing' : 'some'
      })
    }
    if (left === 'nothing') pruned += 1
  }
  return pruned
}
