import { BaseCallbackHandler } from '@langchain/core/callbacks/base'

/**
 * Remembers the value that a node threw, because LangGraph may report another error: it sets a task's id on the thrown value, which fails with
 * a TypeError for a string, `null` or a frozen error.
 */
export class ThrownValues extends BaseCallbackHandler {
  override readonly name = 'hadal-thrown-values'
  override awaitHandlers = true
  #last: { readonly value: unknown } | undefined

  override handleChainError(error: unknown): void {
    if (!isNoteFailure(error)) this.#last = { value: error }
  }

  /** Returns the value that a node of the graph threw, given the error that ended the graph. */
  behind(error: unknown): unknown {
    return isNoteFailure(error) && this.#last ? this.#last.value : error
  }
}

const isNoteFailure = (error: unknown): boolean => error instanceof TypeError && error.message.includes('pregelTaskId')
