import { setTimeout as pause } from 'node:timers/promises'
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models'
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'

/** Reply of a script in one turn: a text and at most one tool call. */
export interface ScriptedReply {
  readonly text: string
  readonly call?: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }
}

/**
 * Function that returns the next reply of a scripted model. It depends only on the conversation and on the names of the
 * bound tools, so that one model serves many runs at once and a run continues after a restart.
 */
export type Script = (messages: readonly BaseMessage[], tools: readonly string[]) => ScriptedReply

interface ScriptedCallOptions extends BaseChatModelCallOptions {
  toolNames?: string[]
}

const toolName = (tool: BindToolsInput): string | undefined => {
  if ('name' in tool && typeof tool.name === 'string') return tool.name
  return 'function' in tool && typeof tool.function?.name === 'string' ? tool.function.name : undefined
}

/** Chat model whose replies come from a script instead of a language model. It streams word by word, as a real model streams tokens. */
export class ScriptedModel extends BaseChatModel<ScriptedCallOptions> {
  readonly #script: Script
  readonly #pauseMs: number

  /** @param pauseMs pause in milliseconds before each word of a streamed reply */
  constructor(script: Script, pauseMs = 0) {
    super({})
    this.#script = script
    this.#pauseMs = pauseMs
  }

  _llmType(): string {
    return 'scripted'
  }

  override bindTools(tools: BindToolsInput[]): ReturnType<this['withConfig']> {
    const toolNames = tools.map(toolName).filter((name) => name !== undefined)
    return this.withConfig({ toolNames }) as ReturnType<this['withConfig']>
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    run?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const reply = this.#script(messages, options.toolNames ?? [])
    for (const word of reply.text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) {
      if (this.#pauseMs > 0) await pause(this.#pauseMs, undefined, { signal: options.signal })
      options.signal?.throwIfAborted()
      yield new ChatGenerationChunk({ text: word, message: new AIMessageChunk(word) })
      await run?.handleLLMNewToken(word)
    }
    if (reply.call) {
      const { name, args } = reply.call
      // The id must be unique within the conversation: the number of messages is different in each turn.
      const id = `call_${messages.length}_${name}`
      const chunk = { index: 0, id, name, args: JSON.stringify(args), type: 'tool_call_chunk' } as const
      yield new ChatGenerationChunk({
        text: '',
        message: new AIMessageChunk({ content: '', tool_call_chunks: [chunk] }),
      })
    }
  }

  async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    run?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    let whole = new ChatGenerationChunk({ text: '', message: new AIMessageChunk('') })
    for await (const chunk of this._streamResponseChunks(messages, options, run)) whole = whole.concat(chunk)
    return { generations: [whole] }
  }
}
