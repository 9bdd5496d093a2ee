import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { estimatedTokens } from './estimated-tokens.ts'
import { ModelStreamError } from './model-stream-error.ts'
import { type FetchBounds, Watch } from './watch.ts'

type Stream = BaseChatModel['_streamResponseChunks']

/**
 * Adds the timeouts of a model provider's response to a model whose package has its own HTTP client. A stream that stalls is aborted.
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
  if (model._streamResponseChunks === BaseChatModel.prototype._streamResponseChunks) return model
  const stream: Stream = model._streamResponseChunks.bind(model)
  model._streamResponseChunks = async function* (messages, options, run): ReturnType<Stream> {
    const watch = new Watch(bounds)
    const signal = options.signal ? AbortSignal.any([options.signal, watch.signal]) : watch.signal
    const chunks = stream(messages, { ...options, signal }, run)[Symbol.asyncIterator]()
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
  // The package's own events would bypass the timeouts. LangChain derives them from the chunks.
  model._streamChatModelEvents = BaseChatModel.prototype._streamChatModelEvents
  return model
}
