import { type Finding, findInjections } from './find-injections.ts'
import type { Provenance } from './rule.ts'

/** Input of the inspection thread: a long text and its source. */
export interface Inspection {
  readonly text: string
  readonly provenance: Provenance
}

/**
 * Maximum length in UTF-16 units of a part that is inspected at once. It limits the memory (about 100 MB for the worst text), and regular
 * expressions exceed the stack at 8 million.
 */
const longestPart = 1_048_576
/** Number of UTF-16 units by which parts overlap, so that a shorter attack is completely inside one part. */
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

/** Matches a character of base64 or a hexadecimal digit. */
const encodedLetter = /[A-Za-z0-9+/_-]/

/** The last index at or before a cut from which an encoded run can be decoded: a multiple of eight characters from the start of the run. */
function aligned(text: string, cut: number): number {
  let start = cut
  while (start > 0 && encodedLetter.test(text.charAt(start - 1))) start -= 1
  return cut - ((cut - start) % 8)
}
