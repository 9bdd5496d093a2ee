import { BaseCallbackHandler } from '@langchain/core/callbacks/base'

/**
 * Knows what a node threw where LangGraph reports something else. LangGraph notes a task's id on what was thrown, and that fails with a
 * TypeError of its own for a string, `null` or a frozen error.
 */
export class ThrownValues extends BaseCallbackHandler {
  override readonly name = 'hadal-thrown-values'
  override awaitHandlers = true
  #last: { readonly value: unknown } | undefined

  override handleChainError(error: unknown): void {
    if (!isNoteFailure(error)) this.#last = { value: error }
  }

  /** What was thrown in the graph, given the error that ended the graph. */
  behind(error: unknown): unknown {
    return isNoteFailure(error) && this.#last ? this.#last.value : error
  }
}

const isNoteFailure = (error: unknown): boolean => error instanceof TypeError && error.message.includes('pregelTaskId')
