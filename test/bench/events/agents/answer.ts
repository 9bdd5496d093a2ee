import { Annotation, MessagesAnnotation, StateGraph } from '@langchain/langgraph'
import { TokenModel } from '../token-model.ts'

const State = Annotation.Root({
  ...MessagesAnnotation.spec,
  /** Number of tokens of the answer. */
  tokens: Annotation<number>,
  /** Number of tokens that the model streams per second. */
  perSecond: Annotation<number>,
})

export const graph = new StateGraph(State)
  .addNode('answer', async ({ messages, tokens, perSecond }) => ({
    messages: [await new TokenModel(tokens, perSecond).invoke(messages)],
  }))
  .addEdge('__start__', 'answer')
  .addEdge('answer', '__end__')
  .compile()
