import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'
import { Annotation, type LangGraphRunnableConfig, MessagesAnnotation, StateGraph } from '@langchain/langgraph'
import { leaveEffect } from './effect.ts'

const words = ['All', ' words', ' of', ' one', ' answer']

/** A model that streams half of its answer, waits until the gate file exists, and then streams the rest. */
class GatedModel extends BaseChatModel {
  readonly #gate: string

  constructor(gate: string) {
    super({})
    this.#gate = gate
  }

  override _llmType(): string {
    return 'gated'
  }

  override async _generate(): Promise<ChatResult> {
    return { generations: [{ text: words.join(''), message: new AIMessage(words.join('')) }] }
  }

  override async *_streamResponseChunks(
    _messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    for (const [index, word] of words.entries()) {
      while (index === 2 && this.#gate && !existsSync(this.#gate) && !options.signal?.aborted) await pause(20)
      yield new ChatGenerationChunk({ text: word, message: new AIMessageChunk({ content: word, id: 'answer' }) })
      await manager?.handleLLMNewToken(word)
    }
  }
}

const State = Annotation.Root({
  ...MessagesAnnotation.spec,
  file: Annotation<string>,
  gate: Annotation<string>,
})

async function speak({ file, gate, messages }: typeof State.State, config: LangGraphRunnableConfig) {
  leaveEffect(file, 1, config)
  let answer: AIMessageChunk | undefined
  for await (const chunk of await new GatedModel(gate).stream(messages, config)) answer = answer?.concat(chunk) ?? chunk
  return { messages: answer ? [answer] : [] }
}

/** An agent that makes one streaming model call. */
export const graph = new StateGraph(State)
  .addNode('speak', speak)
  .addEdge('__start__', 'speak')
  .addEdge('speak', '__end__')
  .compile()
