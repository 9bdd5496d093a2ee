import { type Command, isGraphBubbleUp, isParentCommand } from '@langchain/langgraph'
import type { ToolCallHandler, ToolCallRequest, ToolMessage } from 'langchain'
import type { ApprovalLedger, CallOutcome, NewExecution } from './approval-ledger.ts'
import type { AskedCall } from './ask-person.ts'
import { callKeyOf, withCallKey } from './call-key.ts'

/** Calls the tool of an execution whose begin is committed, and commits the outcome. If the run is stopped during the call, no outcome is committed. */
export async function executeBegun(
  ledger: ApprovalLedger,
  request: ToolCallRequest,
  handler: ToolCallHandler,
  call: AskedCall,
  execution: NewExecution,
): Promise<ToolMessage | Command> {
  const { toolCall, tool, runtime } = request
  let result: ToolMessage | Command
  try {
    result = await handler({
      ...request,
      toolCall: { ...toolCall, name: call.tool, args: { ...call.args } },
      tool: tool && withCallKey(tool, callKeyOf(call)),
    })
  } catch (error) {
    const outcome = outcomeOf(error, runtime.signal)
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
