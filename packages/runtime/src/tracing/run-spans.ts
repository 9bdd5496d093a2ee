import { field, text } from '@hadal/middleware/unknown-value'
import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import type { Serialized } from '@langchain/core/load/serializable'
import type { BaseMessage } from '@langchain/core/messages'
import type { LLMResult } from '@langchain/core/outputs'
import { isGraphBubbleUp } from '@langchain/langgraph'
import {
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** OpenTelemetry's names of providers by LangChain's names. */
const providers: Readonly<Record<string, string>> = {
  google_genai: 'gcp.gemini',
  amazon_bedrock: 'aws.bedrock',
  azure: 'azure.ai.openai',
}

/**
 * Handler that creates spans by OpenTelemetry's semantic conventions for generative AI (`gen_ai.*`, version 1.37 on): `chat` for a model call,
 * `execute_tool` for a tool call, `invoke_agent` for a subagent. Each span is a child of the span that it was called in. Content is not recorded.
 */
export class RunSpans extends BaseCallbackHandler {
  override readonly name = 'hadal-run-spans'
  override awaitHandlers = true
  readonly #tracer: Tracer
  readonly #root: Context
  readonly #agent: string
  readonly #spans = new Map<string, Span>()
  /** Parent context for the spans of each step's calls: the context of the span in which the step runs. Steps have no spans. */
  readonly #contexts = new Map<string, Context>()

  /**
   * @param root context of the run's span
   * @param agent name of the run's agent
   */
  constructor(tracer: Tracer, root: Context, agent: string) {
    super()
    this.#tracer = tracer
    this.#root = root
    this.#agent = agent
  }

  #contextOf(parent: string | undefined): Context {
    return (parent === undefined ? undefined : this.#contexts.get(parent)) ?? this.#root
  }

  #begin(id: string, parent: string | undefined, name: string, kind: SpanKind, attributes: Attributes): void {
    const around = this.#contextOf(parent)
    const span = this.#tracer.startSpan(name, { kind, attributes }, around)
    this.#spans.set(id, span)
    this.#contexts.set(id, trace.setSpan(around, span))
  }

  #end(id: string, attributes: Attributes = {}, error?: unknown): void {
    this.#contexts.delete(id)
    const span = this.#spans.get(id)
    if (!span) return
    this.#spans.delete(id)
    span.setAttributes(attributes)
    // An interrupt and a drain stop a graph by an exception, but are no failures. Only the kind of an error is recorded, since its message may
    // contain content.
    if (isFailure(error)) failed(span, error instanceof Error ? error.name : 'Error')
    span.end()
  }

  /**
   * Handles the start of a step or subagent. The order of the parameters is that of the calls in LangChain's core 1.4.0; its type declares another
   * one.
   */
  override handleChainStart(
    _chain: Serialized,
    _inputs: unknown,
    id: string,
    parent?: string,
    _tags?: string[],
    metadata?: Record<string, unknown>,
    _runType?: string,
    name?: string,
  ): void {
    const agent = text(metadata?.lc_agent_name)
    // The graph of a subagent has the name of its agent, and is below the run's own graph.
    if (parent !== undefined && agent !== undefined && agent === name && agent !== this.#agent) {
      const attributes = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': agent }
      this.#begin(id, parent, `invoke_agent ${agent}`, SpanKind.INTERNAL, attributes)
    } else this.#contexts.set(id, this.#contextOf(parent))
  }

  override handleChainEnd(_outputs: unknown, id: string): void {
    this.#end(id)
  }

  override handleChainError(error: unknown, id: string): void {
    this.#end(id, {}, error)
  }

  override handleChatModelStart(
    _llm: Serialized,
    messages: BaseMessage[][],
    id: string,
    parent?: string,
    extra?: Record<string, unknown>,
    _tags?: string[],
    metadata?: Record<string, unknown>,
  ): void {
    const parameters = extra?.invocation_params
    const provider = text(metadata?.ls_provider)
    const model = text(metadata?.ls_model_name) ?? text(field(parameters, 'model')) ?? 'unknown'
    this.#begin(id, parent, `chat ${model}`, SpanKind.CLIENT, {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider === undefined ? undefined : (providers[provider] ?? provider),
      'gen_ai.request.model': model,
      'gen_ai.request.temperature': numberOf(metadata?.ls_temperature),
      'gen_ai.request.max_tokens': numberOf(metadata?.ls_max_tokens),
      'hadal.message_count': messages.flat().length,
    })
  }

  override handleLLMEnd(output: LLMResult, id: string): void {
    const [generation] = output.generations.flat()
    const message: unknown = field(generation, 'message')
    const usage = field(message, 'usage_metadata')
    const metadata = field(message, 'response_metadata')
    const reason = text(field(metadata, 'stop_reason')) ?? text(field(metadata, 'finish_reason'))
    this.#end(id, {
      'gen_ai.usage.input_tokens': numberOf(field(usage, 'input_tokens')),
      'gen_ai.usage.output_tokens': numberOf(field(usage, 'output_tokens')),
      'gen_ai.usage.cache_read.input_tokens': numberOf(field(field(usage, 'input_token_details'), 'cache_read')),
      'gen_ai.response.model': text(field(metadata, 'model')) ?? text(field(metadata, 'model_name')),
      'gen_ai.response.id': text(field(metadata, 'id')) ?? text(field(message, 'id')),
      'gen_ai.response.finish_reasons': reason === undefined ? undefined : [reason],
    })
  }

  override handleLLMError(error: unknown, id: string): void {
    this.#end(id, {}, error)
  }

  override handleToolStart(
    _tool: Serialized,
    _input: string,
    id: string,
    parent?: string,
    _tags?: string[],
    _metadata?: Record<string, unknown>,
    name = 'unknown',
    callId?: string,
  ): void {
    this.#begin(id, parent, `execute_tool ${name}`, SpanKind.INTERNAL, {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': name,
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': callId,
    })
  }

  override handleToolEnd(_output: unknown, id: string): void {
    this.#end(id)
  }

  override handleToolError(error: unknown, id: string): void {
    this.#end(id, {}, error)
  }

  /** Ends all spans of the run that are still open. Called when the run is stopped, because its calls then report no end. */
  endAll(): void {
    for (const id of [...this.#spans.keys()]) this.#end(id)
  }
}

const isFailure = (error: unknown): boolean =>
  error !== undefined && !(error instanceof Error && isGraphBubbleUp(error))

export function failed(span: Span, errorType: string): void {
  span.setAttribute('error.type', errorType)
  span.setStatus({ code: SpanStatusCode.ERROR })
}
