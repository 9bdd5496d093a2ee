import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { type AgentMiddleware, todoListMiddleware } from 'langchain'

const tool = 'write_todos'

/**
 * LangChain's to-do list middleware without its graph step after each model call. That step rejects parallel calls of `write_todos`. Here the
 * calls themselves are rejected, which saves one step and one checkpoint per turn.
 */
export function createTodosMiddleware(): AgentMiddleware {
  const { afterModel: _, ...todos } = todoListMiddleware()
  return {
    ...todos,
    wrapToolCall: (request, handler) => {
      if (request.toolCall.name !== tool || plansIn(request.state.messages) < 2) return handler(request)
      return new ToolMessage({
        content: 'The plan was not written: write_todos was called more than once at the same time. Call it once.',
        name: tool,
        tool_call_id: request.toolCall.id ?? '',
        status: 'error',
      })
    },
  }
}

/** Number of `write_todos` calls in the newest answer of the model. */
function plansIn(messages: readonly unknown[]): number {
  const answer = messages.findLast((message) => AIMessage.isInstance(message))
  return answer?.tool_calls?.filter(({ name }) => name === tool).length ?? 0
}
