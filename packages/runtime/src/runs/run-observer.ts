import { modelName } from '@hadal/middleware/model-name'
import { field, isObject } from '@hadal/middleware/unknown-value'
import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import type { Serialized } from '@langchain/core/load/serializable'
import { type BaseMessage, isAIMessage } from '@langchain/core/messages'
import type { LLMResult } from '@langchain/core/outputs'
import { isGraphBubbleUp, isGraphInterrupt } from '@langchain/langgraph'
import type { Logger } from 'pino'
import type { CallMetrics } from '../metrics/create-metrics.ts'
import type { Redactor } from '../secrets/create-redactor.ts'

interface ModelCall {
  readonly model: string
  readonly startedAt: number
  readonly counts: { readonly message_count: number; readonly tool_count: number }
}

/** Logs and counts the model and tool calls of one run, and redacts its errors. A callback handler also gets the calls of subagents. */
export class RunObserver extends BaseCallbackHandler {
  override readonly name = 'hadal-run-observer'
  override awaitHandlers = true
  readonly #log: Logger
  readonly #metrics: CallMetrics
  readonly #redactor: Redactor
  readonly #models = new Map<string, ModelCall>()
  readonly #tools = new Map<string, string>()

  /** @param log log whose lines contain the ids of run, thread and tenant */
  constructor(log: Logger, metrics: CallMetrics, redactor: Redactor) {
    super()
    this.#log = log
    this.#metrics = metrics
    this.#redactor = redactor
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
    const tools = field(extra?.invocation_params, 'tools') ?? field(extra?.options, 'tools')
    const model = modelName(extra, metadata)
    const counts = { message_count: messages.flat().length, tool_count: Array.isArray(tools) ? tools.length : 0 }
    this.#models.set(callId, { model, startedAt: performance.now(), counts })
    this.#log.info({ model, ...counts }, 'llm_request_start')
  }

  override handleLLMEnd(output: LLMResult, callId: string): void {
    const call = this.#models.get(callId)
    if (!call) return
    this.#models.delete(callId)
    const [generation] = output.generations.flat()
    const message: unknown = field(generation, 'message')
    const toolCalls = isMessage(message) && isAIMessage(message) ? (message.tool_calls ?? []) : []
    const seconds = this.#counted(call, 'success')
    this.#log.info(
      {
        model: call.model,
        ...call.counts,
        has_tool_calls: toolCalls.length > 0,
        response_length: generation?.text.length ?? 0,
        seconds,
      },
      'llm_request_complete',
    )
  }

  override handleLLMError(error: unknown, callId: string): void {
    this.#clean(error)
    const call = this.#models.get(callId)
    if (!call) return
    this.#models.delete(callId)
    const seconds = this.#counted(call, 'error')
    this.#log.warn({ model: call.model, ...call.counts, error: nameOf(error), seconds }, 'llm_request_failed')
  }

  #counted({ model, startedAt }: ModelCall, status: 'success' | 'error'): number {
    const seconds = (performance.now() - startedAt) / 1_000
    this.#metrics.llmRequest({ model, status, seconds })
    return seconds
  }

  override handleToolStart(
    _tool: Serialized,
    _input: string,
    callId: string,
    _parent?: string,
    _tags?: string[],
    _metadata?: Record<string, unknown>,
    name?: string,
  ): void {
    this.#tools.set(callId, name || 'unknown')
  }

  override handleToolEnd(_output: unknown, callId: string): void {
    this.#toolEnded(callId, 'success')
  }

  override handleToolError(error: unknown, callId: string): void {
    this.#clean(error)
    this.#toolEnded(callId, isGraphInterrupt(error) ? 'interrupted' : 'error')
  }

  override handleChainError(error: unknown): void {
    this.#clean(error)
  }

  /**
   * Redacts an error. A provider's error may contain the API key or the headers of its request. This handler gets an error first, so the
   * checkpointer, tracers and later handlers get it redacted. Interrupts, with which LangGraph stops a graph, are not errors.
   */
  #clean(error: unknown): void {
    if (error instanceof Error && !isGraphBubbleUp(error)) this.#redactor.error(error)
  }

  #toolEnded(callId: string, status: 'success' | 'error' | 'interrupted'): void {
    const tool = this.#tools.get(callId)
    if (tool === undefined) return
    this.#tools.delete(callId)
    this.#metrics.toolCall({ tool, status })
  }
}

const isMessage = (value: unknown): value is BaseMessage =>
  isObject(value) && 'getType' in value && typeof value.getType === 'function'

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error')
