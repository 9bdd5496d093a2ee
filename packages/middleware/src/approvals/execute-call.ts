import type { Command } from '@langchain/langgraph'
import type { ToolCallHandler, ToolCallRequest, ToolMessage } from 'langchain'
import type { ApprovalLedger, NewExecution, NotGranted } from './approval-ledger.ts'
import type { AskedCall } from './ask-person.ts'
import { executeBegun } from './execute-begun.ts'

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
  return executeBegun(ledger, request, handler, call, execution)
}
