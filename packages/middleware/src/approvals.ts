import type { Command } from '@langchain/langgraph'
import { type AgentMiddleware, createMiddleware, ToolMessage } from 'langchain'
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
import { refusedFields } from './approvals/refused-fields.ts'
import { isObject } from './unknown-value.ts'

export interface ApprovalsOptions {
  /** Which calls wait for a person; see `approvalRules`. Without it, the defaults. An empty list asks by no rule. */
  readonly rules?: readonly ApprovalRule[]
  /** Remembers questions, used approvals and executions. Without it, this process does. */
  readonly ledger?: ApprovalLedger
  /** How long a question can be answered. */
  readonly expirySeconds?: number
  /** Whose call it is, by the run's `configurable`. */
  readonly tenantOf?: (configurable: Readonly<Record<string, unknown>>) => string
  /** Tools whose executions are not recorded, because executing them again changes nothing outside the thread's state. */
  readonly unrecorded?: ReadonlySet<string>
}

/**
 * Makes dangerous calls of tools wait for a person, and no call act twice in silence.
 *
 * Each call asks for itself, in the task that executes it: the question is an interrupt with an id of its own, calls beside it go on, and what
 * was answered is looked at again right before the tool runs. An approval holds for one execution of exactly the call that was shown; a call that
 * is executed again (after a crash, from an older checkpoint) asks again.
 *
 * The ledger records each execution before the tool is entered and after it ended. A call that was begun before is asked about like an approval,
 * also where no rule asks about it, unless its tool declares `metadata: { idempotent: true }` or the same attempt of the run saw its end (an author's retry).
 *
 * Put it last in an agent's middleware: nothing may change a call between it and the tool. Give it to each subagent too. As with any middleware
 * around tools, LangChain lets an error that a tool throws end the run; `createToolErrorsMiddleware` tells it to the model instead.
 *
 * An answer is `{ decisions: [decision], digest }`, with the digest that the question showed. An answer to another question is passed over, and
 * the question stays.
 */
export function createApprovalsMiddleware({
  rules = approvalRules(),
  ledger = createMemoryApprovalLedger(),
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
      const { toolCall, runtime, tool } = request
      const seen = callOf(toolCall, runtime.configurable ?? {}, tenantOf)
      const rule = ruleOf.get(seen.tool)
      const known = await ledger.look(seen)
      const { question, execution } = known
      const idempotent = isIdempotent(tool)
      const number = (execution?.number ?? 0) + 1
      // What was asked about waits for its answer, whatever the rules say by now.
      const asks = question !== undefined || (rule !== undefined && needsApproval(rule, seen.args))
      // A copy: nothing else that holds the request can change what is approved and run.
      const call = { ...seen, args: structuredClone(seen.args) }
      if (!asks && (!tool || unrecorded.has(call.tool))) return handler(request)
      if (!asks && (idempotent || mayRunAgain(execution))) {
        const result = await executeCall(ledger, request, handler, call, { number, tool: call.tool })
        if (typeof result !== 'string') return result
        throw new Error(`Another execution of this call of ${call.tool} was begun at the same time.`)
      }
      const continues = execution?.outcome === 'paused' || (idempotent && execution?.outcome === undefined)
      const { decision, digest, expiresAt, repeats } = await askPerson(ledger, call, known, {
        expirySeconds,
        continues,
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
          `This call was not executed: a person changed its arguments, and the tool refuses them (${schemaRefuses.sentence}).`,
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

/** Whether a call may be executed without a question although it was begun before: nothing of it is unknown to those who execute it. */
const mayRunAgain = (execution: CallExecution | undefined): boolean =>
  earlierExecution(execution) === undefined || (execution?.sameAttempt === true && execution.outcome !== undefined)

const refusals: Readonly<Record<NotGranted | 'changed', string>> = {
  changed:
    'it is not what was put to a person, its arguments have changed since. Call the tool again, and it will ask again.',
  used: 'it was executed on this approval before. Look at what is there before you call the tool again.',
  expired: 'its approval came after the time for an answer. Call the tool again, and it will ask again.',
  undecided: 'nobody has approved it. Call the tool again, and it will ask again.',
}

const rejected = (repeats: boolean): string =>
  repeats
    ? 'This call left no result, and it may have acted. A person decided that it counts as failed.'
    : 'A person rejected this call.'

function callOf(
  { id = '', name, args }: { readonly id?: string; readonly name: string; readonly args: Record<string, unknown> },
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
    runId: typeof run_id === 'string' ? run_id : undefined,
    attempt: typeof run_attempt === 'number' ? run_attempt : undefined,
  }
}

const said = ({ tool, id }: AskedCall, content: string): ToolMessage =>
  new ToolMessage({ content, name: tool, tool_call_id: id, status: 'error' })

/** What a person gave as the call's result. */
const result = ({ tool, id }: AskedCall, content: string): ToolMessage =>
  new ToolMessage({ content, name: tool, tool_call_id: id, status: 'success' })

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
  isObject(update) && 'messages' in update && Array.isArray(update.messages)
    ? update.messages.filter((message) => ToolMessage.isInstance(message))
    : []
