import { AIMessage } from '@langchain/core/messages'
import { MessagesAnnotation, StateGraph } from '@langchain/langgraph'

/** Graph of one step that repeats its input, not compiled yet. */
export const echo = () =>
  new StateGraph(MessagesAnnotation)
    .addNode('echo', ({ messages }) => ({ messages: [new AIMessage(`You said: ${messages.at(-1)?.text ?? ''}`)] }))
    .addEdge('__start__', 'echo')
    .addEdge('echo', '__end__')
