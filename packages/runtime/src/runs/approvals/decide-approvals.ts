import {
  type ApprovalAnswer,
  type ApprovalDecision,
  type ApprovalRequest,
  isApprovalRequest,
  readAnswer,
} from '@hadal/middleware/approvals/approval-answer'
import { approvalDigest, digestVersionOf } from '@hadal/middleware/approvals/approval-digest'
import { nextApprovalState } from '@hadal/middleware/approvals/approval-state'
import type { DecisionKind } from '../../approvals/approval-metrics.ts'
import { findQuestion, insertDecided, type KnownQuestion } from '../../store/queries/approval-events.ts'
import type { ThreadRow } from '../../store/queries/thread-rows.ts'
import type { Queryable } from '../../store/transaction.ts'
import { Refusal } from '../refusal.ts'
import type { Answerer } from '../submit-run.ts'
import { actorOf } from './actor-of.ts'

type Interrupts = ThreadRow['interrupts']

/** The approval requests among pending interrupts, by interrupt id. */
export function pendingApprovals(interrupts: Interrupts): Map<string, ApprovalRequest> {
  const all = Object.values(interrupts).flat()
  return new Map(all.flatMap(({ id, value }) => (id && isApprovalRequest(value) ? [[id, value] as const] : [])))
}

/** Origin of the answers to interrupts: their tenant, thread and run, and who sent them. */
export interface Answering {
  readonly tenant: string
  readonly threadId: string
  readonly runId: string
  /** The graph that the run executes. */
  readonly graphId: string
  /** User who answers; null without sign-in. */
  readonly user: string | null
  readonly answerer: Answerer
}

/**
 * Validates the answers to pending approvals, records each decision with its actor, and binds each answer to the digest of its approval request.
 * Answers to other interrupts are unchanged. The caller's transaction must hold the thread's lock and insert the run that has the answers.
 *
 * @param interrupts pending interrupts of the checkpoint at which the run begins
 * @param answers answers by interrupt id; every id must be pending
 * @returns the answers for the graph, and the kind of each decision
 * @throws {Refusal} 422 for an invalid decision; 403 for a caller who may not decide; 409 for a decision that is too late, has the digest of another
 * call, or answers an approval request that is not waiting
 */
export async function decideApprovals(
  client: Queryable,
  interrupts: Interrupts,
  answers: Readonly<Record<string, unknown>>,
  by: Answering,
): Promise<{ answers: Record<string, unknown>; kinds: DecisionKind[] }> {
  const approvals = pendingApprovals(interrupts)
  const bound: Record<string, unknown> = { ...answers }
  const kinds: DecisionKind[] = []
  for (const [id, answer] of Object.entries(answers)) {
    const request = approvals.get(id)
    if (!request) continue
    const { decision } = checkedAnswer(id, answer, request)
    const { digest } = request.approval
    const asked = await findQuestion(client, { ...by, digest })
    if (!asked) {
      throw new Refusal(
        409,
        `Interrupt ${id} was asked on another thread, of which ${by.threadId} is a copy. Start a run without input to be asked on the copy.`,
      )
    }
    checkAnswerer(id, asked, by)
    checkAnswerable(id, asked, decision, by)
    const runsDigest =
      decision.type === 'edit' ? editDigest(by.threadId, asked, request, decision.editedAction.args) : digest
    const executes = decision.type === 'approve' || decision.type === 'edit'
    await insertDecided(client, {
      digest,
      runId: by.runId,
      decision: decision.type,
      actor: actorOf(by.user),
      runsDigest: executes ? runsDigest : null,
    })
    bound[id] = { decisions: [decision], digest } satisfies ApprovalAnswer
    kinds.push(decision.type)
  }
  return { answers: bound, kinds }
}

function checkedAnswer(id: string, answer: unknown, request: ApprovalRequest): ReturnType<typeof readAnswer> {
  const [{ name }] = request.actionRequests
  const mayRespond = request.reviewConfigs[0].allowedDecisions.includes('respond')
  let read: ReturnType<typeof readAnswer>
  try {
    read = readAnswer(answer, name, mayRespond)
  } catch (error) {
    throw new Refusal(
      422,
      `command.resume can't answer ${id}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  if (read.digest === undefined || read.digest === request.approval.digest) return read
  throw new Refusal(
    409,
    `command.resume answers ${id} for the digest ${read.digest}, but the waiting call has ${request.approval.digest}. Read the thread again.`,
  )
}

/** @throws {Refusal} 403 if the caller may not answer an approval request */
function checkAnswerer(id: string, { tool, asked_by }: KnownQuestion, { user, answerer }: Answering): void {
  if (!answerer.mayApprove) {
    throw new Refusal(
      403,
      `Interrupt ${id} asks for the approval of a call of ${tool}, which requires the role "approve". Ask a caller with this role to answer it.`,
      { code: 'role_missing' },
    )
  }
  if (answerer.approvalByOthers && user !== null && user === asked_by) {
    throw new Refusal(
      403,
      `Interrupt ${id} was asked by a run of yours, and this environment requires the answer of another person (access.approvalByOthers). Ask another caller with the role "approve" to answer it.`,
      { code: 'own_question' },
    )
  }
}

/**
 * Checks that an approval request can be answered by a run of this graph.
 *
 * @throws {Refusal} 409 if the request can't be answered any more, or if another graph made it
 */
function checkAnswerable(id: string, asked: KnownQuestion, decision: ApprovalDecision, { graphId }: Answering): void {
  const again = 'Start a run without input to be asked again.'
  if (asked.graph_id !== null && asked.graph_id !== graphId) {
    throw new Refusal(
      409,
      `Interrupt ${id} was asked by graph "${asked.graph_id}", but this run executes graph "${graphId}". Answer with an assistant of the graph that asked.`,
    )
  }
  if (asked.state === 'begun' || asked.state === 'executed' || asked.state === 'failed')
    throw new Refusal(409, `Interrupt ${id} was answered before, and ${asked.tool} was executed. ${again}`)
  if (asked.state === 'withdrawn')
    throw new Refusal(
      409,
      `Interrupt ${id} was withdrawn${asked.last_run ? ` by run ${asked.last_run}` : ''}, which continued without an answer. ${again}`,
    )
  if (asked.expired || asked.state === 'expired') {
    const until = asked.expires_at.toISOString()
    throw new Refusal(409, `Interrupt ${id} could be answered until ${until}. It counts as rejected now. ${again}`)
  }
  // The previous release does not reset the state of an answer that was not used.
  const waits =
    asked.state === 'approved' || asked.state === 'rejected' || asked.state === 'responded' ? 'waiting' : asked.state
  if (nextApprovalState(waits, decision.type) === undefined)
    throw new Refusal(409, `Interrupt ${id} is ${asked.state ?? 'unknown'}, so it can't be answered. ${again}`)
}

/** Returns the SHA-256 digest of a tool call with the arguments that a person edited, in the digest version of the approval request. */
function editDigest(
  threadId: string,
  asked: KnownQuestion,
  { actionRequests: [{ args: shown }], approval }: ApprovalRequest,
  args: Readonly<Record<string, unknown>>,
): string {
  const { tool, tenant, place } = asked
  const call = { tool, tenant, threadId, place, expiresAt: asked.expires_at.getTime() }
  return approvalDigest({ ...call, args }, digestVersionOf({ ...call, args: shown }, approval.digest))
}
