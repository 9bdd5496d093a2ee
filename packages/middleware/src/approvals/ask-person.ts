import { interrupt, isGraphInterrupt } from '@langchain/langgraph'
import { type ApprovalDecision, type ApprovalRequest, readAnswer } from './approval-answer.ts'
import { type ApprovedCall, approvalDigest, digestVersionOf } from './approval-digest.ts'
import type { ApprovalLedger, AskedQuestion, CallExecution, CallPlace, KnownCall } from './approval-ledger.ts'

/** A call of a tool, with its identity and everything that a question about it shows. */
export interface AskedCall extends Omit<ApprovedCall, 'expiresAt'>, CallPlace {
  readonly id: string
}

interface Question extends Pick<AskedQuestion, 'digest' | 'expiresAt'> {
  /** Why it is asked, unless by a rule. */
  readonly because: string | undefined
  /** Whether the call may have acted: then a person can also give its result. */
  readonly repeats: boolean
}

export interface Answered {
  /** `changed`: the answer is to a call with other arguments. */
  readonly decision: ApprovalDecision | 'changed'
  /** The digest of the question that was answered. */
  readonly digest: string
  readonly expiresAt: number
  readonly repeats: boolean
}

/** What a person must know of an earlier execution. Undefined where the call was not begun, or waits in an interrupt of its own. */
export function earlierExecution(execution: CallExecution | undefined): string | undefined {
  if (!execution || execution.outcome === 'paused') return undefined
  if (execution.outcome === 'done')
    return 'It was executed before, and this run does not have its result. It may have acted, and would act again.'
  if (execution.outcome === 'failed') return 'It was begun before and failed. It may have acted.'
  return 'It was begun before, and left no result. It may have acted.'
}

/**
 * Asks a person about the call, or takes the answer that came. Ends the task with an interrupt where no answer is there.
 *
 * @param continues whether the last execution goes on, so that the answer on which it was begun still counts
 */
export async function askPerson(
  ledger: ApprovalLedger,
  call: AskedCall,
  { question: earlier, execution, now }: KnownCall,
  { expirySeconds, continues }: { readonly expirySeconds: number; readonly continues: boolean },
): Promise<Answered> {
  const because = earlierExecution(execution)
  const repeats = because !== undefined
  if (earlier && digestVersionOf({ ...call, expiresAt: earlier.expiresAt }, earlier.digest)) {
    const goesOn = continues && execution?.digest === earlier.digest
    const asked = { ...earlier, because, repeats: repeats && !goesOn }
    if (!earlier.closed && now <= earlier.expiresAt) return answerTo(call, asked, undefined)
    if (!earlier.closed || goesOn) {
      try {
        return answerTo(call, asked, undefined)
      } catch (error) {
        // The answer is not there: nobody answered in time, or the call was reached again from an older checkpoint.
        if (!isGraphInterrupt(error)) throw error
      }
    }
  }
  const expiresAt = Math.max(now + expirySeconds * 1_000, (earlier?.expiresAt ?? 0) + 1)
  const digest = approvalDigest({ ...call, expiresAt })
  await ledger.ask({ ...call, digest, expiresAt })
  return answerTo(call, { digest, expiresAt, because, repeats }, earlier)
}

/**
 * Takes the answers that the task was resumed with one after the other, until one answers the question. If none is left, the task ends here,
 * and the question waits.
 *
 * @param earlier the question asked at this place before, whose answer doesn't count any more
 */
function answerTo(call: AskedCall, question: Question, earlier: AskedQuestion | undefined): Answered {
  let { because } = question
  for (;;) {
    const answer: unknown = interrupt(requestOf(call, { ...question, because }))
    try {
      const { decision, digest } = readAnswer(answer, call.tool, question.repeats)
      if (digest === question.digest) return { ...question, decision }
      if (digest !== undefined && digest === earlier?.digest) {
        // A rejection also counts for a call that was asked about again.
        if (decision.type === 'reject') return { ...question, digest, decision }
        if (!earlier.closed) return { ...question, digest, decision: 'changed' }
      }
      because ??= digest === undefined ? 'The answer named no digest.' : 'The answer was to another question.'
    } catch (error) {
      if (!(error instanceof Error)) throw error
      because = error.message
    }
  }
}

const choices = 'Approve to execute it again, reject to report it as failed, respond to give its result.'

const requestOf = ({ tool, args }: AskedCall, { digest, expiresAt, because, repeats }: Question): ApprovalRequest => ({
  actionRequests: [
    {
      name: tool,
      args,
      description: `A call of ${tool} waits for approval.${repeats ? ` ${because} ${choices}` : ''}\n\n${JSON.stringify(args, null, 2)}`,
    },
  ],
  reviewConfigs: [
    { actionName: tool, allowedDecisions: ['approve', 'edit', 'reject', ...(repeats ? (['respond'] as const) : [])] },
  ],
  approval: { digest, expiresAt: new Date(expiresAt).toISOString(), ...(because ? { because } : {}) },
})
