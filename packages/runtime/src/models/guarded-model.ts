import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { ChatGenerationChunk } from '@langchain/core/outputs'
import { estimatedTokens } from './estimated-tokens.ts'
import { ModelStreamError } from './model-stream-error.ts'
import { type FetchBounds, Watch } from './watch.ts'

type Stream = BaseChatModel['_streamResponseChunks']
type Generate = BaseChatModel['_generate']

/** Whether a value is a chat model, also one of another copy of LangChain's core. */
export const isChatModel = (value: unknown): value is BaseChatModel =>
  typeof value === 'object' &&
  value !== null &&
  '_modelType' in value &&
  typeof value._modelType === 'function' &&
  value._modelType() === 'base_chat_model'

/**
 * Adds the timeouts of a model provider's response to a model whose package has its own HTTP client. A model that can stream always streams, and a
 * stream that stalls is aborted. A model that can't stream, or whose `disableStreaming` is set, has the timeout of the whole response only.
 *
 * @param lastField field of `response_metadata` that the last chunk of a complete answer has; if undefined, the end is not checked
 * @returns the same model
 */
export function guardedModel<Model extends BaseChatModel>(
  model: Model,
  bounds: FetchBounds,
  lastField?: string,
): Model {
  // Some packages repeat the count of a whole answer by tables that LangChain downloads without a timeout.
  model.getNumTokens = async (content) => estimatedTokens(content)
  // Some models return a new model instead of a binding of themselves, e.g. when tools are bound to them.
  const withConfig = model.withConfig.bind(model)
  model.withConfig = (config) => {
    const configured = withConfig(config)
    return isChatModel(configured) ? guardedModel(configured, bounds, lastField) : configured
  }
  if (model.disableStreaming || model._streamResponseChunks === BaseChatModel.prototype._streamResponseChunks) {
    model._generate = guardedGenerate(model._generate.bind(model), bounds)
    return model
  }
  const stream = guardedStream(model._streamResponseChunks.bind(model), bounds, lastField)
  model._streamResponseChunks = stream
  model._generate = streamedGenerate(stream)
  // The package's own events would bypass the timeouts. LangChain derives them from the chunks.
  model._streamChatModelEvents = BaseChatModel.prototype._streamChatModelEvents
  return model
}

/** A request's options with a signal that also aborts when a timeout expires. */
const withSignal = <Options extends { readonly signal?: AbortSignal }>(options: Options, watch: Watch): Options => ({
  ...options,
  signal: options.signal ? AbortSignal.any([options.signal, watch.signal]) : watch.signal,
})

const guardedStream = (stream: Stream, bounds: FetchBounds, lastField: string | undefined): Stream =>
  async function* (messages, options, run): ReturnType<Stream> {
    const watch = new Watch(bounds)
    const chunks = stream(messages, withSignal(options, watch), run)[Symbol.asyncIterator]()
    let began = false
    let complete = lastField === undefined
    try {
      for (;;) {
        const [ms, what] = began ? [bounds.idleMs, 'no further data'] : [bounds.firstByteMs, 'no response']
        const { done, value } = await watch.within(ms, what, chunks.next())
        if (done) break
        began = true
        complete ||= lastField !== undefined && lastField in value.message.response_metadata
        yield value
      }
      if (!complete) throw new ModelStreamError('the stream ended before its end event')
    } finally {
      watch.stop()
      // A stalled generator never returns.
      void chunks.return?.(undefined)?.catch(() => undefined)
    }
  }

/** Joins the chunks of a stream. A package's own function may use another stream than the guarded one. */
const streamedGenerate =
  (stream: Stream): Generate =>
  async (messages, options, run) => {
    let whole: ChatGenerationChunk | undefined
    for await (const chunk of stream(messages, options, run)) whole = whole ? whole.concat(chunk) : chunk
    if (!whole) throw new ModelStreamError('the stream was empty')
    return { generations: [whole] }
  }

const guardedGenerate =
  (generate: Generate, bounds: FetchBounds): Generate =>
  async (messages, options, run) => {
    const watch = new Watch(bounds)
    try {
      return await watch.within(bounds.callMs, 'no response', generate(messages, withSignal(options, watch), run))
    } finally {
      watch.stop()
    }
  }
