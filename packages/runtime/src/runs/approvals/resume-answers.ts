import { isApprovalRequest } from '@hadal/middleware/approvals/approval-answer'
import { isRecord } from '@hadal/middleware/unknown-value'
import { Refusal } from '../refusal.ts'
import { isDecisionRequest } from './both-spellings.ts'
import {
  answerToMiddleware,
  asksForDecisions,
  boundDecision,
  isSentDecisions,
  readSentDecisions,
} from './sent-decisions.ts'
import { type ShownApproval, shownApproval, shownDigest, type WaitingCall } from './shown-approval.ts'
import { type InterruptsByTask, type PendingInterrupt, waitingCalls } from './shown-interrupts.ts'

/** Format of LangGraph's interrupt ids: 128 bits in hexadecimal. An object whose keys are all such ids has one answer per interrupt. */
const interruptId = /^[0-9a-f]{32}$/
/** Format of an approval request's digest. A client can answer one call by its digest. */
const approvalDigest = /^[0-9a-f]{64}$/

/** Pending interrupts of a thread, and the one that clients see for all calls that wait for an approval. */
interface Pending {
  readonly interrupts: ReadonlyMap<string, PendingInterrupt>
  readonly calls: readonly WaitingCall[]
  readonly shown: ShownApproval | undefined
}

/** Whether a resume can be the answer to an interrupt that the graph's author raises: it has no decisions, and names no interrupt and no call. */
export function isOwnAnswer(resume: unknown): boolean {
  if (isSentDecisions(resume)) return false
  const keys = isRecord(resume) ? Object.keys(resume) : []
  return keys.length === 0 || !keys.every((key) => interruptId.test(key) || approvalDigest.test(key))
}

/**
 * Assigns the value of a resume to the interrupts that it answers. LangGraph itself gives a single answer to every pending interrupt, and
 * ignores answers to interrupts that are not pending.
 *
 * An answer to the interrupt that shows all waiting calls is divided among the interrupts of the calls, and is bound to their digests. `{ decisions }`
 * without an id answers the waiting calls, and never an interrupt that the graph's author raised beside them.
 *
 * @param interrupts pending interrupts as LangGraph stores them
 * @param closed digests of approval requests that no longer wait although their interrupts are pending
 * @returns answers by interrupt id
 * @throws {Refusal} 422 if no interrupt is pending, an id is not pending, or the answer does not fit; 409 if it answers calls that no longer wait
 */
export function resumeAnswers(
  resume: unknown,
  interrupts: InterruptsByTask,
  closed?: ReadonlySet<string>,
): Record<string, unknown> {
  const all = Object.values(interrupts).flat()
  const calls = waitingCalls(interrupts, closed)
  const pending: Pending = {
    interrupts: new Map(all.flatMap((interrupt) => (interrupt.id ? [[interrupt.id, interrupt] as const] : []))),
    calls,
    shown: shownApproval(calls),
  }
  const [only, ...others] = pending.interrupts.keys()
  if (only === undefined) {
    throw new Refusal(422, 'command.resume answers an interrupt, but this thread has none pending. Send input instead.')
  }
  if (isById(resume, pending)) return answersById(resume, pending)
  if (pending.shown && isSentDecisions(resume)) return dividedAnswer(resume, pending.shown, calls)
  if (others.length > 0) {
    throw new Refusal(
      422,
      `command.resume is one answer, but ${pending.interrupts.size} interrupts are pending. Send an object with an answer for each: ${idsToAnswer(pending).join(', ')}.`,
    )
  }
  const value = pending.interrupts.get(only)?.value
  if (value !== undefined && isSentDecisions(resume) && !asksForDecisions(value)) {
    throw new Refusal(
      409,
      `command.resume has decisions, but no tool call is waiting for an approval. The pending interrupt ${only} is a question of the agent: read the thread again, and answer it by this id.`,
    )
  }
  return { [only]: ownAnswer(only, resume, pending) }
}

/** Ids that a client can answer: the one for all waiting calls, and those of the interrupts that the graph's author raised. */
function idsToAnswer({ interrupts, calls, shown }: Pending): string[] {
  const ofCalls = new Set(calls.map(({ id }) => id))
  return [...[...interrupts.keys()].filter((id) => !ofCalls.has(id)), ...(shown ? [shown.id] : [])]
}

function isById(resume: unknown, { calls }: Pending): resume is Readonly<Record<string, unknown>> {
  if (!isRecord(resume)) return false
  const keys = Object.keys(resume)
  const hasIds = keys.some((key) => interruptId.test(key)) || calls.length > 0
  return keys.length > 0 && hasIds && keys.every((key) => interruptId.test(key) || approvalDigest.test(key))
}

function answersById(resume: Readonly<Record<string, unknown>>, pending: Pending): Record<string, unknown> {
  const answers: Record<string, unknown> = {}
  const unknown: string[] = []
  for (const [key, answer] of Object.entries(resume)) {
    const divided = answerByKey(key, answer, pending)
    if (!divided) unknown.push(key)
    for (const [id, one] of Object.entries(divided ?? {})) {
      if (Object.hasOwn(answers, id)) {
        throw new Refusal(422, `command.resume has two answers to the same call: ${id}. Send one answer for each call.`)
      }
      answers[id] = one
    }
  }
  if (unknown.length === 0) return answers
  const { shown, calls } = pending
  if (shown && unknown.some((key) => isSentDecisions(resume[key]))) throw staleAnswer(unknown, shown, calls)
  throw new Refusal(
    422,
    `command.resume answers ${unknown.join(', ')}, which is not pending. Pending: ${idsToAnswer(pending).join(', ')}.`,
  )
}

/** Answers by the id of their interrupt; undefined if the key names nothing that is pending. */
function answerByKey(key: string, answer: unknown, pending: Pending): Record<string, unknown> | undefined {
  const { interrupts, calls, shown } = pending
  if (shown && key === shown.id) return dividedAnswer(answer, shown, calls)
  const call = calls.find(({ id, request }) => id === key || request.approval.digest === key)
  if (!call) return interrupts.has(key) ? { [key]: ownAnswer(key, answer, pending) } : undefined
  return { [call.id]: answerToCall(answer, call) }
}

/** Answer to an interrupt that the graph's author raised. Other interrupts here are approval requests that no longer wait. */
function ownAnswer(id: string, answer: unknown, { interrupts }: Pending): unknown {
  const value = interrupts.get(id)?.value
  return isDecisionRequest(value) && !isApprovalRequest(value) ? answerToMiddleware(id, answer, value) : answer
}

/** Answer to one call. It keeps the client's digest, and is bound to the call's digest only if it has none. */
function answerToCall(answer: unknown, call: WaitingCall): unknown {
  if (!isSentDecisions(answer)) return answer
  const { decisions, digest } = readSentDecisions(answer)
  const [only, ...others] = decisions
  if (!only || others.length > 0) return answer
  return { ...boundDecision(only, call), ...(digest === undefined ? {} : { digest }) }
}

/**
 * Divides an answer to the interrupt that shows all waiting calls: one decision for each call, in the order of the calls. With the digest of one call
 * it is an answer to this call only.
 *
 * @throws {Refusal} 422 if the number of decisions does not fit; 409 if the digest is that of other calls
 */
function dividedAnswer(answer: unknown, shown: ShownApproval, calls: readonly WaitingCall[]): Record<string, unknown> {
  if (!isSentDecisions(answer)) {
    throw new Refusal(
      422,
      `command.resume can't answer ${shown.id}: The answer has no list "decisions". Send { decisions: [{ type: "approve" }] }, with one decision for each call that waits.`,
    )
  }
  const { decisions, digest, fromInbox } = readSentDecisions(answer)
  if (digest !== undefined && digest !== shownDigest(calls)) {
    const call = calls.find(({ request }) => request.approval.digest === digest)
    if (!call) throw staleAnswer([String(digest)], shown, calls)
    return { [call.id]: answerToCall(answer, call) }
  }
  // agent-inbox shows only the first of several calls, and its answer is about that one.
  const answered = fromInbox && decisions.length === 1 ? calls.slice(0, 1) : calls
  if (decisions.length !== answered.length) {
    throw new Refusal(
      422,
      `command.resume can't answer ${shown.id}: The answer has ${decisions.length} decisions, and ${calls.length} calls wait for an approval: ${namesOf(calls)}. Send one decision for each call in this order, or answer single calls by their ids: ${calls.map(({ id }) => id).join(', ')}.`,
    )
  }
  return Object.fromEntries(
    answered.flatMap((call, index) => {
      const decision = decisions[index]
      return decision ? [[call.id, boundDecision(decision, call)]] : []
    }),
  )
}

const namesOf = (calls: readonly WaitingCall[]): string =>
  calls.map(({ request: { actionRequests } }) => actionRequests[0].name).join(', ')

/** The 409 error for an answer to calls that no longer wait, with the id of the interrupt that shows the waiting ones. */
const staleAnswer = (answered: readonly string[], shown: ShownApproval, calls: readonly WaitingCall[]): Refusal =>
  new Refusal(
    409,
    `command.resume answers ${answered.join(', ')}, which is not pending. The calls that wait for an approval are shown by interrupt ${shown.id} now: ${namesOf(calls)}. Read the thread again before you answer.`,
    { code: 'stale_approval', interrupt_id: shown.id },
  )
