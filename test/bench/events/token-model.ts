import { setTimeout as pause } from 'node:timers/promises'
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'

/** Tokens of six characters, so that an answer of 2,000 tokens has 12 KB of text. */
const tokens = ['river ', 'stone ', 'cloud ', 'maple ', 'amber ', 'quiet ', 'linen ', 'ocean ']

/** Model that streams a number of tokens at a constant rate. */
export class TokenModel extends BaseChatModel {
  readonly #tokens: number
  readonly #perSecond: number

  constructor(count: number, perSecond: number) {
    super({})
    this.#tokens = count
    this.#perSecond = perSecond
  }

  override _llmType(): string {
    return 'tokens'
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    let text = ''
    for await (const chunk of this._streamResponseChunks(messages)) text += chunk.text
    return { generations: [{ text, message: new AIMessage(text) }] }
  }

  override async *_streamResponseChunks(
    _messages: BaseMessage[],
    _options?: this['ParsedCallOptions'],
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const id = `answer-${crypto.randomUUID()}`
    const started = performance.now()
    for (let token = 0; token < this.#tokens; token++) {
      // The time of each token is counted from the start: a late token does not slow the stream down.
      const early = started + (1_000 * token) / this.#perSecond - performance.now()
      if (early > 0) await pause(early)
      const text = tokens[(token * 5 + (token >> 3)) % tokens.length] ?? ''
      const chunk = new ChatGenerationChunk({ text, message: new AIMessageChunk({ content: text, id }) })
      yield chunk
      await manager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk })
    }
  }
}
