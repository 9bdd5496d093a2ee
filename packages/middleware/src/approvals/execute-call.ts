import { type Command, isGraphBubbleUp, isParentCommand } from '@langchain/langgraph'
import type { ToolCallHandler, ToolCallRequest, ToolMessage } from 'langchain'
import type { ApprovalLedger, CallOutcome, NewExecution, NotGranted } from './approval-ledger.ts'
import type { AskedCall } from './ask-person.ts'
import { callKeyOf, withCallKey } from './call-key.ts'

/**
 * Executes a call once: commits that it begins, enters the tool, and commits how it ended. A call whose run was stopped meanwhile has no end:
 * it may have acted.
 *
 * @returns the tool's result, or why the call was not begun
 */
export async function executeCall(
  ledger: ApprovalLedger,
  request: ToolCallRequest,
  handler: ToolCallHandler,
  call: AskedCall,
  execution: NewExecution,
): Promise<ToolMessage | Command | NotGranted> {
  const { signal } = request.runtime
  // A cancelled run must not begin a call. Middleware around this one may still be at work when the run is cancelled.
  signal?.throwIfAborted()
  const begun = await ledger.begin(call, execution)
  if (begun !== 'begun') return begun
  const { toolCall, tool } = request
  let result: ToolMessage | Command
  try {
    result = await handler({
      ...request,
      toolCall: { ...toolCall, name: call.tool, args: { ...call.args } },
      tool: tool && withCallKey(tool, callKeyOf(call)),
    })
  } catch (error) {
    const outcome = outcomeOf(error, signal)
    if (outcome) await ledger.end(call, execution, outcome)
    throw error
  }
  await ledger.end(call, execution, 'done')
  return result
}

/** Undefined if nobody knows: LangChain leaves a tool alone, and still at work, when its run is stopped. */
function outcomeOf(error: unknown, signal: AbortSignal | undefined): CallOutcome | undefined {
  if (isParentCommand(error)) return 'done'
  if (isGraphBubbleUp(error)) return 'paused'
  return signal?.aborted ? undefined : 'failed'
}
