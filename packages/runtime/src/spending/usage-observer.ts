import { costOf } from '@hadal/middleware/call-cost'
import { modelName } from '@hadal/middleware/model-name'
import { crossesThreshold } from '@hadal/middleware/token-budget/threshold'
import { tokenCounter } from '@hadal/middleware/token-counter'
import { estimatedUsage, reportedUsage, type TokenUsage, totalTokens } from '@hadal/middleware/token-usage'
import { field } from '@hadal/middleware/unknown-value'
import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import type { Serialized } from '@langchain/core/load/serializable'
import type { BaseMessage } from '@langchain/core/messages'
import type { LLMResult } from '@langchain/core/outputs'
import type { Logger } from 'pino'
import { toSum } from '../store/queries/spending.ts'
import type { SpendingWriter } from './spending-writer.ts'

export interface UsageObserverOptions {
  readonly writer: SpendingWriter
  readonly run: { readonly tenant: string; readonly threadId: string; readonly runId: string }
  /** Tokens of a session (thread) from which it is warned about. */
  readonly warnSessionTokens: number
  readonly log: Logger
  readonly onUsage: (model: string, usage: TokenUsage, usd: number | undefined) => void
}

/**
 * Counts what each call of a model in a run used, subagents' calls too, and those that a tool or a middleware makes itself, such as a summary.
 * It is the only place where usage is counted; an answer out of a cache never comes here, for no model was called.
 */
export class UsageObserver extends BaseCallbackHandler {
  override readonly name = 'hadal-usage-observer'
  // The run must not end before its last call is counted.
  override awaitHandlers = true
  readonly #options: UsageObserverOptions
  readonly #calls = new Map<string, { readonly model: string; readonly prompt: readonly BaseMessage[] }>()

  constructor(options: UsageObserverOptions) {
    super()
    this.#options = options
  }

  override handleChatModelStart(
    _llm: Serialized,
    messages: BaseMessage[][],
    callId: string,
    _parent?: string,
    extra?: Record<string, unknown>,
    _tags?: string[],
    metadata?: Record<string, unknown>,
  ): void {
    this.#calls.set(callId, { model: modelName(extra, metadata), prompt: messages.flat() })
  }

  /** Until all that the run used is written. */
  flush(): Promise<void> {
    return this.#options.writer.flush(this.#options.run.runId)
  }

  override handleLLMError(_error: unknown, callId: string): void {
    this.#calls.delete(callId)
  }

  override async handleLLMEnd(output: LLMResult, callId: string): Promise<void> {
    const call = this.#calls.get(callId)
    if (!call) return
    this.#calls.delete(callId)
    const { run, writer, log, onUsage, warnSessionTokens } = this.#options
    const message = field(output.generations.flat()[0], 'message')
    try {
      const usage = reportedUsage(message) ?? estimatedUsage(call.prompt, message, await tokenCounter())
      const tokens = totalTokens(usage)
      if (tokens === 0) return
      const usd = costOf(call.model, usage)
      onUsage(call.model, usage, usd)
      if (usd === undefined) log.warn({ model: call.model, tokens }, 'model_price_unknown')
      writer.used(run, toSum({ tokens, usd: usd ?? 0 }), (session, added) => {
        if (!crossesThreshold(session, added, warnSessionTokens)) return
        const fields = { thread_id: run.threadId, tenant: run.tenant, tokens: session, threshold: warnSessionTokens }
        log.warn(fields, 'token_threshold_exceeded')
      })
    } catch (error) {
      // The answer is paid for: a run must not lose it because its cost could not be counted.
      log.error({ err: error, model: call.model }, 'usage_not_recorded')
    }
  }
}
