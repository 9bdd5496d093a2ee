import { field } from '@hadal/middleware/unknown-value'
import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import { isBaseMessage } from '@langchain/core/messages'

/**
 * Detects model calls that failed after they had streamed a part of their message. The message will never be complete, so the streamed part must be
 * withdrawn from clients.
 */
export class VoidMessages extends BaseCallbackHandler {
  override readonly name = 'hadal-void-messages'
  override awaitHandlers = true
  readonly #streamed = new Map<string, unknown>()
  readonly #onVoid: (messageId: string) => void

  /** @param onVoid called with the id of each message that was partly streamed before its model call failed */
  constructor(onVoid: (messageId: string) => void) {
    super()
    this.#onVoid = onVoid
  }

  override handleLLMNewToken(
    _token: string,
    _index: unknown,
    callId: string,
    _parent?: string,
    _tags?: string[],
    fields?: unknown,
  ): void {
    // LangGraph gives all parts the id of the first part, which has its id at the latest when the call ends.
    if (!this.#streamed.has(callId)) this.#streamed.set(callId, field(field(fields, 'chunk'), 'message'))
  }

  override handleLLMEnd(_output: unknown, callId: string): void {
    this.#streamed.delete(callId)
  }

  override handleLLMError(_error: unknown, callId: string): void {
    const message = this.#streamed.get(callId)
    this.#streamed.delete(callId)
    if (isBaseMessage(message) && message.id) this.#onVoid(message.id)
  }
}
