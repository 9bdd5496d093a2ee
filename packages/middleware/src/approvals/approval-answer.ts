import { canonicalJson } from '../canonical-json.ts'
import { isRecord } from '../unknown-value.ts'

/** Decision of a person about one tool call, in the format of LangChain's human-in-the-loop middleware. */
export type ApprovalDecision =
  | { readonly type: 'approve' }
  | {
      readonly type: 'edit'
      readonly editedAction: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }
    }
  | { readonly type: 'reject'; readonly message?: string }
  /** Decision with the result of the call in `message`. It is allowed only for a call that may have acted. */
  | { readonly type: 'respond'; readonly message: string }

/** Value that resumes a waiting tool call: one decision, and the digest of the question that it answers. */
export interface ApprovalAnswer {
  readonly decisions: readonly [ApprovalDecision]
  readonly digest: string
}

/** Value of an approval's interrupt: one tool call in LangChain's human-in-the-loop format, and the digest and expiry of the question. */
export interface ApprovalRequest {
  readonly actionRequests: readonly [
    { readonly name: string; readonly args: Readonly<Record<string, unknown>>; readonly description: string },
  ]
  readonly reviewConfigs: readonly [
    { readonly actionName: string; readonly allowedDecisions: readonly ApprovalDecision['type'][] },
  ]
  readonly approval: {
    readonly digest: string
    /** When the approval request expires, in ISO 8601. A later answer is not valid. */
    readonly expiresAt: string
    /** When the call asked, in ISO 8601. The previous release does not write it. */
    readonly askedAt?: string
    /** Reason for the approval request, if it is not a rule: the call was begun before, or an earlier answer was not valid. */
    readonly because?: string
    /** Position of the call among the tool calls of its message, from 0. The previous release does not write it. */
    readonly position?: number
  }
}

/** Whether the value of an interrupt is an approval request. */
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

/** Error for an invalid answer to an approval request. Its message is for the client that sent the answer. */
export class NoApprovalAnswer extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'NoApprovalAnswer'
  }
}

/**
 * Validates an answer to the approval request for a call of `tool`.
 *
 * @param mayRespond whether the question is about a call that may have acted, so that a person can give its result
 * @returns the decision, and the digest if the answer has one
 * @throws {NoApprovalAnswer} if the answer does not have exactly one valid decision, or if an edit renames the tool
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
    throw new NoApprovalAnswer(`The answer has ${decisions.length} decisions. Send exactly one decision, as an object.`)
  const { digest } = answer
  if (digest !== undefined && typeof digest !== 'string')
    throw new NoApprovalAnswer(
      'The digest of the answer is not a string. Send the digest of the question, or leave it out.',
    )
  return { decision: readDecision(decision, tool, mayRespond), ...(digest === undefined ? {} : { digest }) }
}

/** The edited action of an edit, in the spelling of JavaScript or of Python. Some clients send both. */
function editOf({ editedAction, edited_action: snake }: Readonly<Record<string, unknown>>): unknown {
  const both = editedAction !== undefined && editedAction !== null && snake !== undefined && snake !== null
  if (both && canonicalJson(editedAction) !== canonicalJson(snake))
    throw new NoApprovalAnswer('The edit has an editedAction and another edited_action. Send one of them.')
  return editedAction ?? snake
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
    throw new NoApprovalAnswer('The message of the rejection is not a string. Send a string, or leave it out.')
  }
  if (decision.type === 'edit') {
    const editedAction = editOf(decision)
    if (!isRecord(editedAction) || !isRecord(editedAction.args))
      throw new NoApprovalAnswer(
        'The edit has no editedAction with a name and args. Send { type: "edit", editedAction: { name, args } }.',
      )
    if (editedAction.name !== tool)
      throw new NoApprovalAnswer(
        `The edit names the tool ${JSON.stringify(editedAction.name)}, and the question is about "${tool}". An edit can change only the arguments: reject the call instead.`,
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
    throw new NoApprovalAnswer(
      'The decision "respond" has no message. Send the result of the call as a string in "message".',
    )
  }
  throw new NoApprovalAnswer(
    `Invalid decision type: ${JSON.stringify(decision.type)}. Send "approve", "edit"${mayRespond ? ', "reject" or "respond"' : ' or "reject"'}.`,
  )
}
