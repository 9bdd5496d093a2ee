import { setTimeout as pause } from 'node:timers/promises'
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models'
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'

/** What a script says in one turn: text, and at most one call of a tool. */
export interface ScriptedReply {
  readonly text: string
  readonly call?: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }
}

/**
 * Decides a turn from the conversation and from the names of the tools that are bound, and from nothing else: so one
 * model serves many runs at once, and a run goes on after a restart where it stopped.
 */
export type Script = (messages: readonly BaseMessage[], tools: readonly string[]) => ScriptedReply

interface ScriptedCallOptions extends BaseChatModelCallOptions {
  toolNames?: string[]
}

const toolName = (tool: BindToolsInput): string | undefined => {
  if ('name' in tool && typeof tool.name === 'string') return tool.name
  return 'function' in tool && typeof tool.function?.name === 'string' ? tool.function.name : undefined
}

/** A chat model that follows a script instead of thinking. It streams word by word, as a real one streams tokens. */
export class ScriptedModel extends BaseChatModel<ScriptedCallOptions> {
  readonly #script: Script
  readonly #pauseMs: number

  /** @param pauseMs milliseconds between two words of the stream */
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
      // A call's id only has to differ from the others of its conversation, and this is the next message of it.
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
