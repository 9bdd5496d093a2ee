import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'
import { Annotation, type LangGraphRunnableConfig, MessagesAnnotation, StateGraph } from '@langchain/langgraph'
import { leaveEffect } from './effect.ts'

const shortAnswer = ['All', ' words', ' of', ' one', ' answer']
/** Pause in milliseconds before each word of a long answer. */
const wordEveryMs = 10

/** A model that streams half of its answer, waits until the gate file exists, and then streams the rest. */
class GatedModel extends BaseChatModel {
  readonly #gate: string
  readonly #words: readonly string[]

  /** @param length number of words of a long answer, which is streamed slowly; undefined for a short one */
  constructor(gate: string, length: number | undefined) {
    super({})
    this.#gate = gate
    this.#words = length === undefined ? shortAnswer : Array.from({ length }, (_, index) => `word-${index} `)
  }

  override _llmType(): string {
    return 'gated'
  }

  override async _generate(): Promise<ChatResult> {
    const text = this.#words.join('')
    return { generations: [{ text, message: new AIMessage(text) }] }
  }

  override async *_streamResponseChunks(
    _messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const words = this.#words
    for (const [index, word] of words.entries()) {
      if (words.length > shortAnswer.length) await pause(wordEveryMs)
      while (
        index === Math.floor(words.length / 2) &&
        this.#gate &&
        !existsSync(this.#gate) &&
        !options.signal?.aborted
      )
        await pause(20)
      yield new ChatGenerationChunk({ text: word, message: new AIMessageChunk({ content: word, id: 'answer' }) })
      await manager?.handleLLMNewToken(word)
    }
  }
}

const State = Annotation.Root({
  ...MessagesAnnotation.spec,
  file: Annotation<string>,
  gate: Annotation<string>,
  words: Annotation<number>,
})

async function speak({ file, gate, messages, words }: typeof State.State, config: LangGraphRunnableConfig) {
  leaveEffect(file, 1, config)
  let answer: AIMessageChunk | undefined
  for await (const chunk of await new GatedModel(gate, words).stream(messages, config))
    answer = answer?.concat(chunk) ?? chunk
  return { messages: answer ? [answer] : [] }
}

/** An agent that makes one streaming model call. */
export const graph = new StateGraph(State)
  .addNode('speak', speak)
  .addEdge('__start__', 'speak')
  .addEdge('speak', '__end__')
  .compile()
