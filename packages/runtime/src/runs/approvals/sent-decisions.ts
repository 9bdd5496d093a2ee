import { isObject, isRecord } from '@hadal/middleware/unknown-value'
import { nearestName } from '@hadal/platform/nearest-name'
import { Refusal } from '../refusal.ts'
import type { DecisionRequest, NamedCall } from './both-spellings.ts'
import type { WaitingCall } from './shown-approval.ts'
import { typedArguments } from './typed-arguments.ts'

/** One decision of a client, not yet validated. */
export interface SentDecision {
  readonly decision: unknown
  /** The call that the client showed, if its answer repeats it: the decision is not valid for a call with other arguments. */
  readonly seen?: NamedCall
}

/** Decisions that a client sent in one answer. */
export interface SentDecisions {
  readonly decisions: readonly SentDecision[]
  /** Digest of the question that the client answers, if the answer has one. */
  readonly digest?: unknown
  /** Whether the answer is in the format of agent-inbox, which shows only the first call of several. */
  readonly fromInbox: boolean
}

const inboxTypes = ['accept', 'edit', 'response', 'ignore'] as const

const isInboxEntry = (entry: unknown): entry is Readonly<Record<string, unknown>> =>
  isRecord(entry) && inboxTypes.some((type) => type === entry.type)

/** Whether a value has the form of an answer to approvals: LangChain's `{ decisions }`, or agent-inbox's list of `{ type, args }`. */
export const isSentDecisions = (answer: unknown): boolean =>
  isRecord(answer)
    ? Array.isArray(answer.decisions)
    : Array.isArray(answer) && answer.length > 0 && answer.every(isInboxEntry)

/** Whether the value of an interrupt asks for decisions in one of these formats, although it is not a request of this server. */
export function asksForDecisions(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return isObject(first) && ['actionRequests', 'action_requests', 'action_request'].some((name) => name in first)
}

/**
 * Reads the decisions of an answer that `isSentDecisions` accepts.
 *
 * @throws {Refusal} 422 for an unknown field
 */
export function readSentDecisions(answer: unknown): SentDecisions {
  if (Array.isArray(answer)) return { decisions: answer.map(fromInbox), fromInbox: true }
  if (!isRecord(answer) || !Array.isArray(answer.decisions))
    throw new Refusal(422, 'The answer has no list "decisions".')
  checkFields('The answer', answer, ['decisions', 'digest'])
  const decisions: readonly unknown[] = answer.decisions
  for (const decision of decisions) checkDecision(decision)
  return { decisions: decisions.map((decision) => ({ decision })), digest: answer.digest, fromInbox: false }
}

/** Fields of each kind of decision. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  approve: ['type'],
  edit: ['type', 'editedAction', 'edited_action'],
  reject: ['type', 'message'],
  respond: ['type', 'message'],
}

function checkDecision(decision: unknown): void {
  if (!isRecord(decision)) return
  const fields = fieldsOf[String(decision.type)]
  if (!fields) return
  checkFields(`The decision "${decision.type}"`, decision, fields)
  for (const name of ['editedAction', 'edited_action']) {
    const edited = decision[name]
    if (isRecord(edited)) checkFields(name, edited, ['name', 'args'])
  }
}

/** @throws {Refusal} 422 for a field that the object does not have; a field without a value counts as absent */
function checkFields(what: string, object: Readonly<Record<string, unknown>>, allowed: readonly string[]): void {
  const unknown = Object.keys(object).find((name) => !allowed.includes(name) && (object[name] ?? null) !== null)
  if (unknown === undefined) return
  const near = nearestName(unknown, allowed)
  throw new Refusal(
    422,
    `command.resume: ${what} has the unknown field ${JSON.stringify(unknown)}.${near ? ` Did you mean "${near}"?` : ''} Its fields are: ${allowed.join(', ')}.`,
  )
}

/** Decision of an entry in agent-inbox's format. Its `response` and `ignore` reject the call. */
function fromInbox(entry: unknown): SentDecision {
  if (!isInboxEntry(entry)) throw new Refusal(422, 'command.resume has an entry that is not { type, args }.')
  checkFields(`The answer "${entry.type}"`, entry, ['type', 'args'])
  const { type, args } = entry
  const call =
    isRecord(args) && typeof args.action === 'string' && isRecord(args.args)
      ? { name: args.action, args: args.args }
      : undefined
  if (type === 'accept') return { decision: { type: 'approve' }, ...(call ? { seen: call } : {}) }
  // Without a call the decision is invalid, and its error says what is missing.
  if (type === 'edit') return { decision: { type: 'edit', edited_action: call } }
  return { decision: { type: 'reject', ...(typeof args === 'string' && args !== '' ? { message: args } : {}) } }
}

const shownText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** Whether a client showed exactly this call. A form shows each argument as text, so numbers may come back as text. */
function isSeen({ name, args }: NamedCall, action: NamedCall): boolean {
  const names = Object.keys(action.args)
  return (
    name === action.name &&
    Object.keys(args).length === names.length &&
    names.every((field) => Object.hasOwn(args, field) && shownText(args[field]) === shownText(action.args[field]))
  )
}

/**
 * A client's decision about a call that waits, with the types of the arguments restored in an edit.
 *
 * @throws {Refusal} 409 if the answer repeats a call that differs from the waiting one
 */
function decisionOn(action: NamedCall, { decision, seen }: SentDecision): unknown {
  if (seen && !isSeen(seen, action)) {
    throw new Refusal(
      409,
      `command.resume accepts a call of ${seen.name} that is not pending with these arguments: the call that waits is one of ${action.name}. Read the thread again.`,
    )
  }
  return withTypedArguments(decision, action.args)
}

/**
 * Binds a client's decision to one waiting call.
 *
 * @throws {Refusal} 409 if the answer repeats a call that differs from the waiting one
 */
export const boundDecision = (
  decision: SentDecision,
  { request: { actionRequests, approval } }: WaitingCall,
): { decisions: unknown[]; digest: string } => ({
  decisions: [decisionOn(actionRequests[0], decision)],
  digest: approval.digest,
})

/**
 * The answer to a question of LangChain's human-in-the-loop middleware, in the format that the middleware reads: a decision for each call, an edit as
 * `editedAction`. A value that has no decisions is unchanged.
 *
 * @throws {Refusal} 422 if the number of decisions is not that of the calls; 409 if the answer repeats a call that differs from the waiting one
 */
export function answerToMiddleware(id: string, answer: unknown, { actionRequests }: DecisionRequest): unknown {
  if (!isSentDecisions(answer)) return answer
  const { decisions, ...others } = isRecord(answer) ? answer : {}
  const sent = Array.isArray(decisions)
    ? decisions.map((decision: unknown): SentDecision => ({ decision }))
    : readSentDecisions(answer).decisions
  const { length } = actionRequests
  if (sent.length !== length) {
    throw new Refusal(
      422,
      `command.resume can't answer ${id}: The answer has ${counted(sent.length, 'decision')}, and the question is about ${counted(length, 'call')}: ${actionRequests.map(({ name }) => name).join(', ')}. LangChain's middleware needs all decisions at once: send { decisions: [{ type: "approve" }] } with one decision for each call in this order.`,
    )
  }
  return {
    ...others,
    decisions: actionRequests.flatMap((action, index) => {
      const decision = sent[index]
      return decision ? [inJavaScriptsSpelling(decisionOn(action, decision))] : []
    }),
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The decision with the name `editedAction`, if it is an edit that has only Python's name. */
function inJavaScriptsSpelling(decision: unknown): unknown {
  if (!isRecord(decision) || (decision.edited_action ?? null) === null || (decision.editedAction ?? null) !== null)
    return decision
  const { edited_action, ...others } = decision
  return { ...others, editedAction: edited_action }
}

/** The decision with the types of the arguments restored, if it is an edit in the spelling that user interfaces with forms send. */
function withTypedArguments(decision: unknown, shown: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(decision) || decision.type !== 'edit') return decision
  const { edited_action: edited, editedAction } = decision
  if ((editedAction ?? null) !== null || !isRecord(edited) || !isRecord(edited.args)) return decision
  return { type: 'edit', edited_action: { ...edited, args: typedArguments(edited.args, shown) } }
}
