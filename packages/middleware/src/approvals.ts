import type { Command } from '@langchain/langgraph'
import { type AgentMiddleware, AIMessage, type BaseMessage, createMiddleware, ToolMessage } from 'langchain'
import { approvalDigest, digestVersionOf } from './approvals/approval-digest.ts'
import {
  type ApprovalLedger,
  type CallExecution,
  createMemoryApprovalLedger,
  type NotGranted,
} from './approvals/approval-ledger.ts'
import { type ApprovalRule, approvalRules, needsApproval } from './approvals/approval-rules.ts'
import { type AskedCall, askPerson, earlierExecution } from './approvals/ask-person.ts'
import { isIdempotent } from './approvals/call-key.ts'
import { executeCall } from './approvals/execute-call.ts'
import { executeFirst } from './approvals/execute-first.ts'
import type { QuestionTexts } from './approvals/question-text.ts'
import { refusedFields } from './approvals/refused-fields.ts'
import { isObject } from './unknown-value.ts'

export interface ApprovalsOptions {
  /** Rules that decide which calls wait for a person; see `approvalRules`. Without rules in the list, no call waits because of a rule. */
  readonly rules?: readonly ApprovalRule[]
  /** Ledger that stores questions, used approvals and executions of tool calls. Default: a ledger in the memory of this process. */
  readonly ledger?: ApprovalLedger
  /** Texts of the questions by the name of the tool, e.g. in the users' language. Default: an English sentence. */
  readonly questions?: QuestionTexts
  /** Time in seconds in which a person can answer a question about a tool call. */
  readonly expirySeconds?: number
  /** Function that returns the tenant of a tool call from the run's `configurable`. */
  readonly tenantOf?: (configurable: Readonly<Record<string, unknown>>) => string
  /** Names of tools whose executions are not recorded, because a second execution changes nothing outside the thread's state. */
  readonly unrecorded?: ReadonlySet<string>
}

/**
 * Middleware that lets dangerous tool calls wait for a person's approval, and executes no call a second time without asking.
 *
 * Each call asks in the task that executes it. The question is an interrupt with its own id, and the other calls of the step continue. The answer
 * is checked again right before the tool runs. An approval is valid for one execution of exactly the call that the question showed. A call that
 * is executed again (after a crash, from an older checkpoint) asks again.
 *
 * The ledger records each execution before the tool is called and after it has ended. A call that was begun before needs approval even if no rule
 * matches it, unless its tool declares `metadata: { idempotent: true }` or the same attempt of the run recorded its end (a retry by the author).
 *
 * Put it last in an agent's middleware, so that no middleware changes a call between the approval and the tool. Give it to each subagent too.
 * As with any middleware around tools, an error of a tool ends the run; `createToolErrorsMiddleware` returns the error to the model instead.
 *
 * An answer is `{ decisions: [decision], digest }`, with the digest that the question showed. An answer to another question is ignored, and the
 * question remains open.
 */
export function createApprovalsMiddleware({
  rules = approvalRules(),
  ledger = createMemoryApprovalLedger(),
  questions,
  expirySeconds = 86_400,
  tenantOf = () => 'default',
  unrecorded = new Set(),
}: ApprovalsOptions = {}): AgentMiddleware {
  const ruleOf = new Map(rules.map((rule) => [rule.tool, rule]))

  async function refused(call: AskedCall, digest: string, reason: NotGranted | 'changed'): Promise<ToolMessage> {
    await ledger.refuse(call, digest, reason)
    return said(call, `This call was not executed: ${refusals[reason]}`)
  }

  return createMiddleware({
    name: 'Approvals',
    async wrapToolCall(request, handler) {
      const { toolCall, runtime, state, tool } = request
      const seen = callOf(toolCall, state.messages, runtime.configurable ?? {}, tenantOf)
      const rule = ruleOf.get(seen.tool)
      const ruled = rule !== undefined && needsApproval(rule, seen.args)
      const recorded = tool !== undefined && !unrecorded.has(seen.tool)
      // A copy, so that other code with the same request can't change the arguments between approval and execution.
      const call = { ...seen, args: structuredClone(seen.args) }
      if (!ruled && recorded) {
        const first = await executeFirst(ledger, request, handler, call)
        if (first) return first
      }
      const known = await ledger.look(seen)
      const { question, execution } = known
      const idempotent = isIdempotent(tool)
      const number = (execution?.number ?? 0) + 1
      // A question that was asked waits for its answer even if the rules have changed since.
      const asks = question !== undefined || ruled
      if (!asks && !recorded) return handler(request)
      if (!asks && (idempotent || mayRunAgain(execution))) {
        const result = await executeCall(ledger, request, handler, call, { number, tool: call.tool })
        if (typeof result !== 'string') return result
        throw new Error(`This call of ${call.tool} was not executed: another execution of it began at the same time.`)
      }
      const continues = execution?.outcome === 'paused' || (idempotent && execution?.outcome === undefined)
      const { decision, digest, expiresAt, repeats } = await askPerson(ledger, call, known, {
        expirySeconds,
        continues,
        texts: questions,
      })
      if (decision === 'changed') return refused(call, digest, 'changed')
      if (decision.type === 'reject') return said(call, decision.message ?? rejected(repeats))
      if (decision.type === 'respond') return result(call, decision.message)
      const args = decision.type === 'edit' ? structuredClone(decision.editedAction.args) : call.args
      const schemaRefuses = decision.type === 'edit' ? await refusedFields(tool, args) : undefined
      if (schemaRefuses) {
        await ledger.refuse(call, digest, 'schema', schemaRefuses.paths)
        return said(
          call,
          `This call was not executed: a person changed its arguments, and they do not match the tool's schema (${schemaRefuses.sentence}).`,
        )
      }
      const version = digestVersionOf({ ...call, expiresAt }, digest)
      const approval = { digest, runs: approvalDigest({ ...call, args, expiresAt }, version), again: continues }
      const executed = await executeCall(
        ledger,
        request,
        handler,
        { ...call, args },
        { number, tool: call.tool, approval },
      )
      if (typeof executed === 'string') return refused(call, digest, executed)
      return decision.type === 'edit' ? withEdit(executed, args) : executed
    },
  })
}

/** Whether a call needs no question about an earlier execution: none exists, its tool paused, or the same attempt of the run recorded its end. */
const mayRunAgain = (execution: CallExecution | undefined): boolean =>
  earlierExecution(execution) === undefined || (execution?.sameAttempt === true && execution.outcome !== undefined)

const refusals: Readonly<Record<NotGranted | 'changed', string>> = {
  changed: 'its arguments have changed since a person was asked. Call the tool again to ask for approval again.',
  used: 'it was executed with this approval before. Check what the execution did before you call the tool again.',
  expired: 'its approval came after the question had expired. Call the tool again to ask for approval again.',
  undecided: 'no person has approved it. Call the tool again to ask for approval again.',
}

const rejected = (repeats: boolean): string =>
  repeats
    ? 'This call has no result and may have acted. A person decided that it counts as failed.'
    : 'A person rejected this call.'

function callOf(
  { id = '', name, args }: { readonly id?: string; readonly name: string; readonly args: Record<string, unknown> },
  messages: readonly BaseMessage[],
  configurable: Readonly<Record<string, unknown>>,
  tenantOf: (configurable: Readonly<Record<string, unknown>>) => string,
): AskedCall {
  const { thread_id, checkpoint_ns, run_id, run_attempt } = configurable
  return {
    id,
    tool: name,
    args,
    tenant: tenantOf(configurable),
    threadId: String(thread_id ?? ''),
    place: `${String(checkpoint_ns ?? '')} ${id}`,
    position: positionOf(id, messages),
    runId: typeof run_id === 'string' ? run_id : undefined,
    attempt: typeof run_attempt === 'number' ? run_attempt : undefined,
  }
}

/** Position of a call among the tool calls of the newest message that has it, from 0; undefined if no message has it. */
function positionOf(id: string, messages: readonly BaseMessage[] | undefined): number | undefined {
  const positionIn = (message: BaseMessage): number =>
    AIMessage.isInstance(message) ? (message.tool_calls ?? []).findIndex((call) => call.id === id) : -1
  const message = messages?.findLast((one) => positionIn(one) >= 0)
  return message && positionIn(message)
}

const said = ({ tool, id }: AskedCall, content: string): ToolMessage =>
  new ToolMessage({ content, name: tool, tool_call_id: id, status: 'error' })

/** Tool message with the result that a person gave for a tool call. */
const result = ({ tool, id }: AskedCall, content: string): ToolMessage =>
  new ToolMessage({ content, name: tool, tool_call_id: id, status: 'success' })

/** Adds to the result of a tool the arguments that a person changed, so that the model knows what was executed. */
function withEdit(result: ToolMessage | Command, args: Readonly<Record<string, unknown>>): ToolMessage | Command {
  const messages = ToolMessage.isInstance(result) ? [result] : messagesOf(result.update)
  for (const message of messages) {
    if (typeof message.content === 'string')
      message.content = `A person changed the arguments of this call to ${JSON.stringify(args)}.\n${message.content}`
  }
  return result
}

const messagesOf = (update: unknown): ToolMessage[] =>
  isObject(update) && 'messages' in update && Array.isArray(update.messages)
    ? update.messages.filter((message) => ToolMessage.isInstance(message))
    : []
