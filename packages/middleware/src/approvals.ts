import { type Command, interrupt } from '@langchain/langgraph'
import { type AgentMiddleware, createMiddleware, ToolMessage } from 'langchain'
import { type ApprovalDecision, type ApprovalRequest, readAnswer } from './approvals/approval-answer.ts'
import { type ApprovedCall, approvalDigest } from './approvals/approval-digest.ts'
import { type ApprovalLedger, MemoryLedger, type NotGranted } from './approvals/approval-ledger.ts'
import { type ApprovalRule, approvalRules, needsApproval } from './approvals/approval-rules.ts'

export interface ApprovalsOptions {
  /** Which calls wait for a person; see `approvalRules`. Without it, the defaults. An empty list asks nothing new. */
  readonly rules?: readonly ApprovalRule[]
  /** Remembers questions and used approvals. Without it, this process does. */
  readonly ledger?: ApprovalLedger
  /** How long a question can be answered. */
  readonly expirySeconds?: number
  /** Whose call it is, by the run's `configurable`. */
  readonly tenantOf?: (configurable: Readonly<Record<string, unknown>>) => string
}

/** How a call is identified, and whatever else its questions need. */
interface Call extends Omit<ApprovedCall, 'expiresAt'> {
  readonly id: string
  readonly runId: string | undefined
}

interface Question {
  readonly digest: string
  readonly expiresAt: number
  readonly because?: string
}

/**
 * Makes dangerous calls of tools wait for a person. Each call asks for itself, in the task that executes it: the question is an interrupt
 * with an id of its own, calls beside it go on, and what was answered is looked at again right before the tool runs. An approval holds for one
 * execution of exactly the call that was shown; a call that is executed again (after a crash, from an older checkpoint) asks again.
 *
 * Put it last in an agent's middleware: nothing may change a call between it and the tool. Give it to each subagent too. As with any middleware
 * around tools, LangChain lets an error that a tool throws end the run.
 *
 * An answer is `{ decisions: [decision], digest }`, with the digest that the question showed. An answer to another question is passed over, and
 * the question stays.
 */
export function createApprovalsMiddleware({
  rules = approvalRules(),
  ledger = new MemoryLedger(),
  expirySeconds = 86_400,
  tenantOf = () => 'default',
}: ApprovalsOptions = {}): AgentMiddleware {
  const ruleOf = new Map(rules.map((rule) => [rule.tool, rule]))

  /** The question that is open for the call: the one that was asked already, or a new one. */
  async function openQuestion(call: Call, earlier: Awaited<ReturnType<ApprovalLedger['newest']>>): Promise<Question> {
    if (earlier && !earlier.used && approvalDigest({ ...call, expiresAt: earlier.expiresAt }) === earlier.digest)
      return earlier
    const expiresAt = Math.max(Date.now() + expirySeconds * 1_000, (earlier?.expiresAt ?? 0) + 1)
    const question = { digest: approvalDigest({ ...call, expiresAt }), expiresAt }
    await ledger.ask({ ...call, ...question })
    return earlier?.used
      ? { ...question, because: 'It was approved and begun before, and left no result. It may have acted.' }
      : question
  }

  async function refused(call: Call, digest: string, reason: NotGranted | 'changed'): Promise<ToolMessage> {
    await ledger.refuse(call, digest, reason)
    return said(call, `This call was not executed: ${refusals[reason]}`)
  }

  return createMiddleware({
    name: 'Approvals',
    async wrapToolCall(request, handler) {
      const { toolCall, runtime } = request
      const seen = callOf(toolCall, runtime.configurable ?? {}, tenantOf)
      const rule = ruleOf.get(seen.tool)
      const earlier = await ledger.newest(seen)
      // What was asked about waits for its answer, whatever the rules say by now.
      if (!earlier && !(rule && needsApproval(rule, seen.args))) return handler(request)
      // A copy: whoever else holds the request can't change what is approved and run.
      const call = { ...seen, args: structuredClone(seen.args) }
      const question = await openQuestion(call, earlier)
      const answer = answerTo(call, question, earlier?.digest)
      if (answer === 'changed') return refused(call, earlier?.digest ?? '', 'changed')
      if (answer.type === 'reject') return said(call, answer.message ?? 'A person rejected this call.')
      const args = answer.type === 'edit' ? structuredClone(answer.editedAction.args) : call.args
      const runs = approvalDigest({ ...call, args, expiresAt: question.expiresAt })
      const granted = await ledger.use(call, question.digest, runs)
      if (granted !== 'granted') return refused(call, question.digest, granted)
      const result = await handler({ ...request, toolCall: { ...toolCall, name: call.tool, args } })
      return answer.type === 'edit' ? withEdit(result, args) : result
    },
  })
}

const refusals: Readonly<Record<NotGranted | 'changed', string>> = {
  changed:
    'it is not what was put to a person, its arguments have changed since. Call the tool again, and it will ask again.',
  used: 'it was executed on this approval before. Look at what is there before you call the tool again.',
  expired: 'its approval came after the time for an answer. Call the tool again, and it will ask again.',
  undecided: 'nobody has approved it. Call the tool again, and it will ask again.',
}

function callOf(
  { id = '', name, args }: { readonly id?: string; readonly name: string; readonly args: Record<string, unknown> },
  configurable: Readonly<Record<string, unknown>>,
  tenantOf: (configurable: Readonly<Record<string, unknown>>) => string,
): Call {
  const { thread_id, checkpoint_ns, run_id } = configurable
  return {
    id,
    tool: name,
    args,
    tenant: tenantOf(configurable),
    threadId: String(thread_id ?? ''),
    place: `${String(checkpoint_ns ?? '')} ${id}`,
    runId: typeof run_id === 'string' ? run_id : undefined,
  }
}

/**
 * Takes the answers that the task was resumed with one after the other, until one answers the question. If none is left, the task ends here,
 * and the question waits.
 *
 * @param earlier the question asked at this place before, whose answer doesn't count any more if it is another
 */
function answerTo(call: Call, question: Question, earlier: string | undefined): ApprovalDecision | 'changed' {
  let { because } = question
  for (;;) {
    const answer: unknown = interrupt(requestOf(call, { ...question, because }))
    try {
      const { decision, digest } = readAnswer(answer, call.tool)
      if (digest === question.digest) return decision
      // No is no, whatever became of the call.
      if (digest !== undefined && digest === earlier && decision.type === 'reject') return decision
      if (digest !== undefined && digest === earlier && !question.because) return 'changed'
      because ??= digest === undefined ? 'The answer named no digest.' : 'The answer was to another question.'
    } catch (error) {
      if (!(error instanceof Error)) throw error
      because = error.message
    }
  }
}

const requestOf = ({ tool, args }: Call, { digest, expiresAt, because }: Question): ApprovalRequest => ({
  actionRequests: [
    {
      name: tool,
      args,
      description: `A call of ${tool} waits for approval.\n\n${JSON.stringify(args, null, 2)}`,
    },
  ],
  reviewConfigs: [{ actionName: tool, allowedDecisions: ['approve', 'edit', 'reject'] }],
  approval: { digest, expiresAt: new Date(expiresAt).toISOString(), ...(because ? { because } : {}) },
})

const said = (call: Call, content: string): ToolMessage =>
  new ToolMessage({ content, name: call.tool, tool_call_id: call.id, status: 'error' })

/** Lets the model know that what ran is not what it asked for. */
function withEdit(result: ToolMessage | Command, args: Readonly<Record<string, unknown>>): ToolMessage | Command {
  const messages = ToolMessage.isInstance(result) ? [result] : messagesOf(result.update)
  for (const message of messages) {
    if (typeof message.content === 'string')
      message.content = `A person changed the arguments of this call to ${JSON.stringify(args)}.\n${message.content}`
  }
  return result
}

const messagesOf = (update: unknown): ToolMessage[] =>
  typeof update === 'object' && update !== null && 'messages' in update && Array.isArray(update.messages)
    ? update.messages.filter((message) => ToolMessage.isInstance(message))
    : []
