/** Where a text came from: people, the result of a tool, or a file that an agent keeps. */
export type Provenance = 'user' | 'tool' | 'memory'

/** What an attack of this kind wants. */
export type AttackKind =
  | 'override'
  | 'persona'
  | 'prompt-leak'
  | 'exfiltration'
  | 'delimiter'
  | 'indirect'
  | 'obfuscation'

export interface Rule {
  /** Stands in metrics, logs and answers: keep it stable. */
  readonly id: string
  readonly kind: AttackKind
  /** A `high` finding is blocked where the environment blocks; a `low` one is only ever flagged. */
  readonly severity: 'high' | 'low'
  /** Undefined: all. */
  readonly provenances?: readonly Provenance[]
  /**
   * Sentences that hold these words in this order: `IGNORE ~3 PRIOR` is a word of the class IGNORE, at most three other words, one of PRIOR;
   * `A|B` is either class; words in lower case stand for themselves. A pattern never reaches beyond a sentence.
   */
  readonly patterns?: readonly string[]
  /** For what is made of punctuation. Matched on the canonical text, which is lower case; no quantifier may stand in another. */
  readonly shapes?: readonly RegExp[]
  /** Texts that it must find. */
  readonly examples: readonly string[]
}
