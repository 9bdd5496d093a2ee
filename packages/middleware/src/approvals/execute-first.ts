import type { Command } from '@langchain/langgraph'
import type { ToolCallHandler, ToolCallRequest, ToolMessage } from 'langchain'
import type { ApprovalLedger } from './approval-ledger.ts'
import type { AskedCall } from './ask-person.ts'
import { executeBegun } from './execute-begun.ts'

/**
 * Executes a tool call for the first time, if nothing is recorded of it.
 *
 * @returns the tool's result; undefined if a question or an execution of the call is recorded, so that it did not begin
 */
export async function executeFirst(
  ledger: ApprovalLedger,
  request: ToolCallRequest,
  handler: ToolCallHandler,
  call: AskedCall,
): Promise<ToolMessage | Command | undefined> {
  request.runtime.signal?.throwIfAborted()
  if (!(await ledger.beginFirst?.(call, call.tool))) return undefined
  return executeBegun(ledger, request, handler, call, { number: 1, tool: call.tool })
}
