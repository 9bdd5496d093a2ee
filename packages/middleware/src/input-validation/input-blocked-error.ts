/** A person's message was blocked. The model was not called. */
export class InputBlockedError extends Error {
  override readonly name = 'InputBlockedError'
  /** For programs. */
  readonly code = 'input_blocked'
  /** Ids of the rules that found something. */
  readonly rules: readonly string[]
  constructor(rules: readonly string[]) {
    super(
      `The message was blocked by input validation: ${rules.join(', ')}. It looks like an attempt to override the agent's instructions. Say what you want in other words.`,
    )
    this.rules = rules
  }
}

/** Whether an error is one, or LangChain's wrapping of one. */
export function isInputBlocked(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return error instanceof InputBlockedError || isInputBlocked(error.cause)
}
