import { type Command, isGraphBubbleUp, isParentCommand } from '@langchain/langgraph'
import type { ToolCallHandler, ToolCallRequest, ToolMessage } from 'langchain'
import type { ApprovalLedger, CallOutcome, NewExecution, NotGranted } from './approval-ledger.ts'
import type { AskedCall } from './ask-person.ts'
import { callKeyOf, withCallKey } from './call-key.ts'

/**
 * Executes a tool call once: commits that it begins, calls the tool, and commits its outcome. If the run is stopped during the call, no outcome is
 * committed, because the tool may have acted.
 *
 * @returns the tool's result, or the reason why the execution did not begin
 */
export async function executeCall(
  ledger: ApprovalLedger,
  request: ToolCallRequest,
  handler: ToolCallHandler,
  call: AskedCall,
  execution: NewExecution,
): Promise<ToolMessage | Command | NotGranted> {
  const { signal } = request.runtime
  // A cancelled run must not begin a call. Outer middleware may continue to work after the run was cancelled.
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

/** Outcome of an execution that threw; undefined if the run was stopped, because the tool may continue to work after that. */
function outcomeOf(error: unknown, signal: AbortSignal | undefined): CallOutcome | undefined {
  if (isParentCommand(error)) return 'done'
  if (isGraphBubbleUp(error)) return 'paused'
  return signal?.aborted ? undefined : 'failed'
}
