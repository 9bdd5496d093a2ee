import { isRecord } from '../unknown-value.ts'
/** What a person decided about one call, in the form of LangChain's human-in-the-loop middleware. */
export type ApprovalDecision =
  | { readonly type: 'approve' }
  | {
      readonly type: 'edit'
      readonly editedAction: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }
    }
  | { readonly type: 'reject'; readonly message?: string }
  /** Only for a call that may have acted: the message is its result. */
  | { readonly type: 'respond'; readonly message: string }

/** What resumes a call that waits: one decision, and the digest of the question that it answers. */
export interface ApprovalAnswer {
  readonly decisions: readonly [ApprovalDecision]
  readonly digest: string
}

/** The value of an approval's interrupt: LangChain's form with one call in it, and what the answer is bound to. */
export interface ApprovalRequest {
  readonly actionRequests: readonly [
    { readonly name: string; readonly args: Readonly<Record<string, unknown>>; readonly description: string },
  ]
  readonly reviewConfigs: readonly [
    { readonly actionName: string; readonly allowedDecisions: readonly ApprovalDecision['type'][] },
  ]
  readonly approval: {
    readonly digest: string
    /** ISO 8601. An answer that comes later doesn't count. */
    readonly expiresAt: string
    /** Why it is asked, unless by a rule: the call was begun before, or an earlier answer did not count. */
    readonly because?: string
  }
}

/** Whether an interrupt's value is an approval's. */
export const isApprovalRequest = (value: unknown): value is ApprovalRequest =>
  isRecord(value) &&
  isRecord(value.approval) &&
  typeof value.approval.digest === 'string' &&
  typeof value.approval.expiresAt === 'string' &&
  Array.isArray(value.actionRequests) &&
  value.actionRequests.length === 1 &&
  isRecord(value.actionRequests[0]) &&
  typeof value.actionRequests[0].name === 'string' &&
  isRecord(value.actionRequests[0].args)

/** Thrown with a sentence for whoever answered. */
export class NoApprovalAnswer extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'NoApprovalAnswer'
  }
}

/**
 * Reads an answer to a question about a call of `tool`.
 *
 * @param mayRespond whether the question is about a call that may have acted, so that a person can give its result
 * @returns the decision, and the digest that the answer names, if it names one
 * @throws {NoApprovalAnswer} for anything that is not one decision, and for an edit that renames the tool
 */
export function readAnswer(
  answer: unknown,
  tool: string,
  mayRespond = false,
): { decision: ApprovalDecision; digest?: string } {
  if (!isRecord(answer) || !Array.isArray(answer.decisions))
    throw new NoApprovalAnswer('The answer has no list "decisions". Send { decisions: [{ type: "approve" }] }.')
  const decisions: readonly unknown[] = answer.decisions
  const [decision] = decisions
  if (decisions.length !== 1 || !isRecord(decision))
    throw new NoApprovalAnswer(`The answer has ${decisions.length} decisions, and the question is about one call.`)
  const { digest } = answer
  if (digest !== undefined && typeof digest !== 'string')
    throw new NoApprovalAnswer('The digest of the answer is no text. Send that of the question, or none.')
  return { decision: readDecision(decision, tool, mayRespond), ...(digest === undefined ? {} : { digest }) }
}

function readDecision(
  decision: Readonly<Record<string, unknown>>,
  tool: string,
  mayRespond: boolean,
): ApprovalDecision {
  if (decision.type === 'approve') return { type: 'approve' }
  if (decision.type === 'reject') {
    const { message } = decision
    if (message === undefined || message === null) return { type: 'reject' }
    if (typeof message === 'string') return { type: 'reject', message }
    throw new NoApprovalAnswer('The message of the rejection is no text.')
  }
  if (decision.type === 'edit') {
    const { editedAction } = decision
    if (!isRecord(editedAction) || !isRecord(editedAction.args))
      throw new NoApprovalAnswer('The edit has no editedAction with a name and args.')
    if (editedAction.name !== tool)
      throw new NoApprovalAnswer(
        `The edit names the tool ${JSON.stringify(editedAction.name)}, and the question is about "${tool}". An edit changes arguments only: reject the call instead.`,
      )
    return { type: 'edit', editedAction: { name: tool, args: editedAction.args } }
  }
  if (decision.type === 'respond') {
    if (!mayRespond)
      throw new NoApprovalAnswer(
        'The decision "respond" gives the result of a call that may have acted, and this call has not begun. Send "approve", "edit" or "reject".',
      )
    const { message } = decision
    if (typeof message === 'string') return { type: 'respond', message }
    throw new NoApprovalAnswer('The decision "respond" needs a message: the result of the call, as text.')
  }
  throw new NoApprovalAnswer(
    `The decision has the type ${JSON.stringify(decision.type)}. Send "approve", "edit"${mayRespond ? ', "reject" or "respond"' : ' or "reject"'}.`,
  )
}
