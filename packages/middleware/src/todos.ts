import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { type AgentMiddleware, todoListMiddleware } from 'langchain'

const tool = 'write_todos'

/**
 * LangChain's planning with `write_todos`, without the step of the graph that it puts after each call of a model: in that step it looks for
 * plans that were written side by side, of which none could count. Here the calls themselves are answered so, and every turn has one
 * step and one checkpoint less.
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

/** How many plans the newest answer of the model writes. */
function plansIn(messages: readonly unknown[]): number {
  const answer = messages.findLast((message) => AIMessage.isInstance(message))
  return answer?.tool_calls?.filter(({ name }) => name === tool).length ?? 0
}
