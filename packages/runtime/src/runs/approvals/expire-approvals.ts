import { randomUUID } from 'node:crypto'
import { nextApprovalState } from '@hadal/middleware/approvals/approval-state'
import { isConnectionTrouble } from '../../store/connection-trouble.ts'
import { findQuestion, insertDecided } from '../../store/queries/approval-events.ts'
import { newestRestore, type PastRestore } from '../../store/queries/restores.ts'
import { reviewAfterRestore } from '../../store/queries/run-reviews.ts'
import { newestStartedRun } from '../../store/queries/run-rows.ts'
import { lockThread } from '../../store/queries/thread-rows.ts'
import { threadsWithExpiredApprovals } from '../../store/queries/waiting-approvals.ts'
import { wholeTenant } from '../../store/scope.ts'
import { transaction } from '../../store/transaction.ts'
import { enqueueRun } from '../enqueue-run.ts'
import type { Loops } from '../loops.ts'
import { isRunRequest } from '../run-request.ts'
import { inScope, type RunsContext } from '../runs-context.ts'
import { threadActivity } from '../thread-activity.ts'
import { continued } from './answer-of-another.ts'
import { pendingApprovals } from './decide-approvals.ts'

/** Maximum number of threads per search for expired approvals. */
const threadsAtOnce = 100

/** Actor of a rejection by expiry, in the approval ledger. */
const expiryActor = 'hadal:expiry'

/**
 * Continues threads whose approvals expired: a run like the thread's last one answers each expired approval request with a rejection that names the
 * expiry. After a restore of the database, such a run waits for review if the request was made before it: the thread may have gone on after the backup.
 *
 * @returns number of approval requests that expired
 */
export async function expireApprovals(context: RunsContext, loops: Loops): Promise<number> {
  let count = 0
  const threads = await threadsWithExpiredApprovals(loops.pool, threadsAtOnce)
  const restore = threads.length > 0 ? await newestRestore(loops.pool) : undefined
  for (const { tenant, threadId } of threads) {
    try {
      count += await expireApprovalsOf(inScope(context, wholeTenant(tenant)), threadId, restore)
    } catch (error) {
      if (isConnectionTrouble(error)) throw error
      // A thread that fails must not delay the others.
      context.log.warn({ err: error, thread_id: threadId }, 'approval_expiry_failed')
    }
  }
  return count
}

/** @param restore newest restore of the whole database */
async function expireApprovalsOf(
  context: RunsContext,
  threadId: string,
  restore: PastRestore | undefined,
): Promise<number> {
  const expired = await transaction(context.pool, async (client) => {
    const thread = await lockThread(client, wholeTenant(context.scope.tenant), threadId)
    // Another worker may have handled this thread since it was listed.
    if (!thread || (await threadActivity(client, context.scope.tenant, thread)).active.length > 0) return []
    const last = await newestStartedRun(client, { tenant: context.scope.tenant, threadId })
    if (!last || !isRunRequest(last.request)) return []
    const runId = randomUUID()
    const resume: Record<string, unknown> = {}
    const digests: string[] = []
    for (const [id, { approval, reviewConfigs }] of pendingApprovals(thread.interrupts)) {
      const asked = await findQuestion(client, { tenant: context.scope.tenant, threadId, digest: approval.digest })
      if (!asked?.expired || nextApprovalState(asked.state, 'expired') === undefined) continue
      const repeats = reviewConfigs[0].allowedDecisions.includes('respond')
      const message = `The question about this call of ${asked.tool} expired at ${approval.expiresAt} without an answer, so the call counts as ${repeats ? 'failed, but it may have acted' : 'rejected'}. Do not call it again unless you are asked to.`
      await insertDecided(client, {
        digest: asked.digest,
        runId,
        decision: 'expired',
        actor: expiryActor,
        runsDigest: null,
      })
      digests.push(asked.digest)
      resume[id] = { decisions: [{ type: 'reject', message }], digest: asked.digest }
    }
    const ids = Object.keys(resume)
    if (ids.length === 0) return []
    await enqueueRun(context, client, {
      owner: last.owner,
      runId,
      threadId,
      graphId: last.graph_id,
      assistantId: last.assistant_id,
      multitaskStrategy: 'reject',
      metadata: last.metadata,
      request: { ...continued(last.request), command: { resume } },
      first: true,
    })
    if (restore) await reviewAfterRestore(client, { tenant: context.scope.tenant, runId, digests }, restore)
    return ids
  })
  if (expired.length > 0) {
    context.notifications.send({ kind: 'queued' })
    context.log.info({ thread_id: threadId, interrupts: expired }, 'approvals_expired')
    for (const _ of expired) context.onDecision?.('expired')
  }
  return expired.length
}
