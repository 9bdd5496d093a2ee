import { createHash } from 'node:crypto'
import type { Provenance } from '@hadal/middleware/input-validation/rule'

/** A text of a corpus, with the kind that the corpus assigns to it. */
export interface Sample {
  readonly corpus: string
  readonly kind: string
  readonly provenance: Provenance
  readonly text: string
  /** File or row of the corpus that contains the text, for the list of failing cases. */
  readonly name: string
}

/** Half of a corpus. Rules are written from the half `tuning`, and measured on the half `reporting`, which their authors do not read. */
export type Half = 'tuning' | 'reporting'

/** The half of a text, by its hash, so that neither order nor growth of a corpus moves a text to the other half. */
export const halfOf = (text: string): Half =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) % 2 === 0 ? 'tuning' : 'reporting'

/** The samples without repeated texts. */
export function distinct(samples: readonly Sample[]): Sample[] {
  const seen = new Set<string>()
  return samples.filter(({ text }) => !seen.has(text) && seen.add(text))
}
