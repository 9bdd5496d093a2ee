/** Source of an inspected text: the user, the result of a tool, or a file that an agent keeps. */
export type Provenance = 'user' | 'tool' | 'memory'

/** Goal or technique of a prompt injection attack. */
export type AttackKind =
  | 'override'
  | 'persona'
  | 'prompt-leak'
  | 'exfiltration'
  | 'delimiter'
  | 'indirect'
  | 'obfuscation'

export interface Rule {
  /** Id of the input validation rule in metrics, logs and responses. It must not change. */
  readonly id: string
  readonly kind: AttackKind
  /** Severity of an input validation rule's findings. A `high` finding is blocked if the action is `block`. A `low` finding is only flagged. */
  readonly severity: 'high' | 'low'
  /** Sources of text to which an input validation rule applies; undefined for all sources. */
  readonly provenances?: readonly Provenance[]
  /**
   * Patterns of words in one sentence. `IGNORE ~3 PRIOR` matches a word of the class IGNORE, at most three other words, and a word of PRIOR.
   * `A|B` matches either class, and a word in lower case matches itself.
   */
  readonly patterns?: readonly string[]
  /** Regular expressions for punctuation. They match the canonical text, which is lower case. Quantifiers must not be nested. */
  readonly shapes?: readonly RegExp[]
  /** Example texts in which the input validation rule must have a finding. */
  readonly examples: readonly string[]
}
