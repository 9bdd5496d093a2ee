import { costOf } from '@hadal/middleware/call-cost'
import { modelName } from '@hadal/middleware/model-name'
import type { GivenPrices } from '@hadal/middleware/price-of'
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
  /** Number of tokens of a session (thread) above which a warning is logged. */
  readonly warnSessionTokens: number
  /** Prices that replace the list prices, by the name of the model. */
  readonly prices: GivenPrices
  readonly log: Logger
  /** Writes what the run's calls have used. */
  readonly flush: () => Promise<void>
  readonly onUsage: (model: string, usage: TokenUsage, usd: number | undefined) => void
}

/**
 * Observer that counts the usage of each model call in a run, including calls of subagents, tools and middleware, such as summaries. It is the only
 * place where usage is counted. An answer from the cache does not reach it, because no model is called.
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

  /** Waits until the usage of all the run's model calls is written. */
  flush(): Promise<void> {
    return this.#options.flush()
  }

  override handleLLMError(_error: unknown, callId: string): void {
    this.#calls.delete(callId)
  }

  override async handleLLMEnd(output: LLMResult, callId: string): Promise<void> {
    const call = this.#calls.get(callId)
    if (!call) return
    this.#calls.delete(callId)
    const { run, writer, log, onUsage, warnSessionTokens, prices } = this.#options
    const message = field(output.generations.flat()[0], 'message')
    try {
      const usage = reportedUsage(message) ?? estimatedUsage(call.prompt, message, await tokenCounter())
      const tokens = totalTokens(usage)
      if (tokens === 0) return
      const usd = costOf(call.model, usage, prices)
      onUsage(call.model, usage, usd)
      if (usd === undefined) log.warn({ model: call.model, tokens }, 'model_price_unknown')
      writer.used(run, toSum({ tokens, usd: usd ?? 0 }), (session, added) => {
        if (!crossesThreshold(session, added, warnSessionTokens)) return
        const fields = {
          thread_id: run.threadId,
          tenant: run.tenant,
          session_tokens: session,
          threshold: warnSessionTokens,
        }
        log.warn(fields, 'token_threshold_exceeded')
      })
    } catch (error) {
      // The answer is paid for: the run must not lose it if its cost can't be counted.
      log.error({ err: error, model: call.model }, 'usage_not_recorded')
    }
  }
}
