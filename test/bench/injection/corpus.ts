import { createHash } from 'node:crypto'
import type { Provenance } from '@hadal/middleware/input-validation/rule'

/** A text of a corpus, and how its corpus calls what it is. */
export interface Sample {
  readonly corpus: string
  readonly kind: string
  readonly provenance: Provenance
  readonly text: string
  /** Which file or row it is, for the list of failing cases. */
  readonly name: string
}

/** Rules are written from one half and judged by the other, which nobody reads. */
export type Half = 'tuning' | 'reporting'

/** By the text itself, so that neither a corpus' order nor its growth moves a text to the other half. */
export const halfOf = (text: string): Half =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) % 2 === 0 ? 'tuning' : 'reporting'

/** Each text once. */
export function distinct(samples: readonly Sample[]): Sample[] {
  const seen = new Set<string>()
  return samples.filter(({ text }) => !seen.has(text) && seen.add(text))
}
