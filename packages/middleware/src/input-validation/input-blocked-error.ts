/** Error for a user message that input validation blocked. The model was not called. */
export class InputBlockedError extends Error {
  override readonly name = 'InputBlockedError'
  /** Error code of a user message that input validation blocked, for programs. */
  readonly code = 'input_blocked'
  /** Ids of the input validation rules that have a finding in the message. */
  readonly rules: readonly string[]
  constructor(rules: readonly string[]) {
    super(
      `The message was blocked by input validation: ${rules.join(', ')}. It looks like an attempt to override the agent's instructions. Say what you want in other words.`,
    )
    this.rules = rules
  }
}

/** Whether an error or one of its causes is an InputBlockedError, because LangChain wraps errors of middleware. The causes may form a cycle. */
export function isInputBlocked(error: unknown): error is Error {
  const seen = new Set<Error>()
  for (let each = error; each instanceof Error && !seen.has(each); each = each.cause) {
    if (each instanceof InputBlockedError) return true
    seen.add(each)
  }
  return false
}
