import { type Finding, findInjections } from './find-injections.ts'
import type { Provenance } from './rule.ts'

/** What the inspection thread gets. */
export interface Inspection {
  readonly text: string
  readonly provenance: Provenance
}

/**
 * Longest part in UTF-16 units that is inspected at once. It bounds the memory (about 100 MB for the worst text), and regular expressions run out
 * of stack at 8 million.
 */
const longestPart = 1_048_576
/** Parts overlap by this many UTF-16 units: a shorter attack is whole in one of them. */
const overlap = 16_384

/** Inspects a text in parts. It is the entry point of the inspection thread. */
export default function inspectLongText({ text, provenance }: Inspection): Finding[] {
  const found = new Map<string, Finding>()
  let from = 0
  for (;;) {
    for (const finding of findInjections(text.slice(from, from + longestPart), provenance)) {
      if (!found.has(finding.rule))
        found.set(finding.rule, { ...finding, start: finding.start + from, end: finding.end + from })
    }
    if (from + longestPart >= text.length) return [...found.values()]
    from = aligned(text, from + longestPart - overlap)
  }
}

/** Letters of base64 and hexadecimal digits. */
const encodedLetter = /[A-Za-z0-9+/_-]/

/** A place at or just before a cut where a part of an encoded run can be decoded: a multiple of eight letters from the run's start. */
function aligned(text: string, cut: number): number {
  let start = cut
  while (start > 0 && encodedLetter.test(text.charAt(start - 1))) start -= 1
  return cut - ((cut - start) % 8)
}
