import { interrupt, isGraphInterrupt } from '@langchain/langgraph'
import { type ApprovalDecision, type ApprovalRequest, readAnswer } from './approval-answer.ts'
import { type ApprovedCall, approvalDigest, digestVersionOf } from './approval-digest.ts'
import type { ApprovalLedger, AskedQuestion, CallExecution, CallPlace, KnownCall } from './approval-ledger.ts'
import { type QuestionTexts, questionText } from './question-text.ts'

/** A tool call, with its identity and the data that a question about it shows. */
export interface AskedCall extends Omit<ApprovedCall, 'expiresAt'>, CallPlace {
  readonly id: string
  /** Position of the call among the tool calls of its message, from 0; undefined if the call is in no message. */
  readonly position: number | undefined
}

interface Question extends Pick<AskedQuestion, 'digest' | 'expiresAt'> {
  /** Text that asks the person, without the reason and the arguments. */
  readonly text: string
  /** Reason for the question about the tool call, if it is not a rule. */
  readonly because: string | undefined
  /** Whether the tool call may have acted, so that a person can also give its result. */
  readonly repeats: boolean
  /** When the question was asked, in milliseconds since 1970. */
  readonly askedAt: number
}

export interface Answered {
  /** The person's decision, or `changed` if it was made for a call with other arguments. */
  readonly decision: ApprovalDecision | 'changed'
  /** Digest of the question that was answered. */
  readonly digest: string
  readonly expiresAt: number
  readonly repeats: boolean
}

/** Sentence for the approver about an earlier execution of the call; undefined if there is none, or if its tool raised its own interrupt. */
export function earlierExecution(execution: CallExecution | undefined): string | undefined {
  if (!execution || execution.outcome === 'paused') return undefined
  if (execution.outcome === 'done')
    return 'It was executed before, and this run does not have its result. It may have acted, and would act again.'
  if (execution.outcome === 'failed') return 'It was begun before and failed. It may have acted.'
  return 'It was begun before and has no result. It may have acted.'
}

/** Sentence for the approver about a call that was approved when the backup was taken from which the ledger was restored. */
const approvedBeforeRestore =
  'It was approved before the database was restored from a backup, which does not show whether it was executed later. It may have acted.'

interface AskOptions {
  readonly expirySeconds: number
  /** Whether the newest execution is continued, so that the answer with which it was begun is still valid. */
  readonly continues: boolean
  /** Texts of the questions, by the agent's author. */
  readonly texts: QuestionTexts | undefined
}

/**
 * Returns a person's answer about a call. Without an answer it ends the task with an interrupt that asks the person.
 */
export async function askPerson(
  ledger: ApprovalLedger,
  call: AskedCall,
  { question: earlier, execution, restored, now }: KnownCall,
  { expirySeconds, continues, texts }: AskOptions,
): Promise<Answered> {
  const because = earlierExecution(execution) ?? (restored ? approvedBeforeRestore : undefined)
  const text = questionText(call, texts)
  const repeats = because !== undefined
  const askedAt = (expiresAt: number): number => expiresAt - expirySeconds * 1_000
  if (earlier && digestVersionOf({ ...call, expiresAt: earlier.expiresAt }, earlier.digest)) {
    const goesOn = continues && execution?.digest === earlier.digest
    const asked = { ...earlier, askedAt: askedAt(earlier.expiresAt), text, because, repeats: repeats && !goesOn }
    if (!earlier.closed && now <= earlier.expiresAt) return answerTo(call, asked, undefined)
    if (!earlier.closed || goesOn) {
      try {
        return answerTo(call, asked, undefined)
      } catch (error) {
        // There is no answer: the question expired, or the run reached the call again from an older checkpoint.
        if (!isGraphInterrupt(error)) throw error
      }
    }
  }
  const expiresAt = Math.max(now + expirySeconds * 1_000, (earlier?.expiresAt ?? 0) + 1)
  const digest = approvalDigest({ ...call, expiresAt })
  await ledger.ask({ ...call, digest, expiresAt })
  return answerTo(call, { digest, expiresAt, askedAt: askedAt(expiresAt), text, because, repeats }, earlier)
}

/**
 * Returns the person's answer to a question: the first matching one of the answers with which the task was resumed. If no answer matches, the task
 * ends with an interrupt, and the question waits.
 *
 * @param earlier the previous question about this call, whose answer is no longer valid
 */
function answerTo(call: AskedCall, question: Question, earlier: AskedQuestion | undefined): Answered {
  let { because } = question
  for (;;) {
    const answer: unknown = interrupt(requestOf(call, { ...question, because }))
    try {
      const { decision, digest } = readAnswer(answer, call.tool, question.repeats)
      if (digest === question.digest) return { ...question, decision }
      if (digest !== undefined && digest === earlier?.digest) {
        // A rejection of the previous question is valid for the new question too.
        if (decision.type === 'reject') return { ...question, digest, decision }
        if (!earlier.closed) return { ...question, digest, decision: 'changed' }
      }
      because ??= digest === undefined ? 'The answer had no digest.' : 'The answer was for another question.'
    } catch (error) {
      if (!(error instanceof Error)) throw error
      because = error.message
    }
  }
}

const choices = 'Approve to execute it again, reject to report it as failed, respond to give its result.'

const requestOf = (
  { tool, args, position }: AskedCall,
  { text, digest, expiresAt, askedAt, because, repeats }: Question,
): ApprovalRequest => ({
  actionRequests: [
    {
      name: tool,
      args,
      description: `${text}${repeats ? ` ${because} ${choices}` : ''}`,
    },
  ],
  reviewConfigs: [
    { actionName: tool, allowedDecisions: ['approve', 'edit', 'reject', ...(repeats ? (['respond'] as const) : [])] },
  ],
  approval: {
    digest,
    expiresAt: new Date(expiresAt).toISOString(),
    askedAt: new Date(askedAt).toISOString(),
    ...(because ? { because } : {}),
    ...(position === undefined ? {} : { position }),
  },
})
