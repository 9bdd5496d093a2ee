import {
  type ApprovalDecision,
  type ApprovalRequest,
  isApprovalRequest,
  readAnswer,
} from '@hadal/middleware/approvals/approval-answer'
import { approvalDigest } from '@hadal/middleware/approvals/approval-digest'
import { type ApprovalState, findApproval, insertDecided } from '../store/queries/approval-events.ts'
import type { ThreadRow } from '../store/queries/thread-rows.ts'
import type { Queryable } from '../store/transaction.ts'
import { Refusal } from './refusal.ts'

export type DecisionKind = ApprovalDecision['type'] | 'expired'

/** The approvals among a thread's pending interrupts, by the interrupt's id. */
export function pendingApprovals({ interrupts }: Pick<ThreadRow, 'interrupts'>): Map<string, ApprovalRequest> {
  const all = Object.values(interrupts).flat()
  return new Map(all.flatMap(({ id, value }) => (id && isApprovalRequest(value) ? [[id, value] as const] : [])))
}

/**
 * Binds each answer to an approval's question to the question's digest, and writes down who decided what. Answers to other interrupts stay as
 * they are. The caller's transaction holds the thread's lock and makes the run that brings the answers.
 *
 * @param answers by interrupt id, all of them pending
 * @returns the answers as the graph gets them, and what kinds of decisions there were
 * @throws {Refusal} 422 for what is no decision; 409 for one that is too late, used already, or about another call than the one that is shown
 */
export async function decideApprovals(
  client: Queryable,
  thread: Pick<ThreadRow, 'thread_id' | 'interrupts'>,
  answers: Readonly<Record<string, unknown>>,
  by: { readonly runId: string; readonly actor: string },
): Promise<{ answers: Record<string, unknown>; kinds: DecisionKind[] }> {
  const approvals = pendingApprovals(thread)
  const bound: Record<string, unknown> = { ...answers }
  const kinds: DecisionKind[] = []
  for (const [id, answer] of Object.entries(answers)) {
    const request = approvals.get(id)
    if (!request) continue
    const { decision } = checkedAnswer(id, answer, request)
    const { digest } = request.approval
    const asked = await findApproval(client, thread.thread_id, digest)
    if (!asked) {
      throw new Refusal(
        409,
        `Interrupt ${id} was asked on another thread, of which ${thread.thread_id} is a copy. Start a run without input, and it is asked here.`,
      )
    }
    if (executes(decision)) refuseUsed(id, asked)
    if (asked.expired) throw expired(id, asked)
    const runsDigest =
      decision.type === 'edit' ? editDigest(thread.thread_id, asked, decision.editedAction.args) : digest
    await insertDecided(client, {
      digest,
      runId: by.runId,
      decision: decision.type,
      actor: by.actor,
      runsDigest: executes(decision) ? runsDigest : null,
    })
    bound[id] = { decisions: [decision], digest }
    kinds.push(decision.type)
  }
  return { answers: bound, kinds }
}

/** Whether the call is executed on this decision. */
const executes = ({ type }: ApprovalDecision): boolean => type === 'approve' || type === 'edit'

const mayRespond = ({ reviewConfigs: [review] }: ApprovalRequest): boolean =>
  review.allowedDecisions.includes('respond')

function checkedAnswer(id: string, answer: unknown, request: ApprovalRequest): ReturnType<typeof readAnswer> {
  const [{ name }] = request.actionRequests
  let read: ReturnType<typeof readAnswer>
  try {
    read = readAnswer(answer, name, mayRespond(request))
  } catch (error) {
    throw new Refusal(
      422,
      `command.resume can't answer ${id}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  if (read.digest === undefined || read.digest === request.approval.digest) return read
  throw new Refusal(
    409,
    `command.resume answers ${id} for the digest ${read.digest}, but the call that waits there has ${request.approval.digest}. Read the thread again.`,
  )
}

function refuseUsed(id: string, asked: ApprovalState): void {
  if (!asked.executed) return
  throw new Refusal(
    409,
    `Interrupt ${id} was answered, and ${asked.tool} was executed on it. Start a run without input, and it is asked again.`,
  )
}

const expired = (id: string, asked: ApprovalState): Refusal =>
  new Refusal(
    409,
    `Interrupt ${id} could be answered until ${asked.expires_at.toISOString()}. It counts as rejected now, and the thread goes on by itself.`,
  )

const editDigest = (threadId: string, asked: ApprovalState, args: Readonly<Record<string, unknown>>): string =>
  approvalDigest({
    tool: asked.tool,
    args,
    tenant: asked.tenant,
    threadId,
    place: asked.place,
    expiresAt: asked.expires_at.getTime(),
  })
