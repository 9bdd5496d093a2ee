import { type CanonicalText, canonicalText } from './canonical-text.ts'
import { decodedTexts } from './decoded-texts.ts'
import { Lexicon } from './lexicon.ts'
import { WordMatcher } from './match-words.ts'
import { notInspectedRule } from './not-inspected.ts'
import type { Provenance, Rule } from './rule.ts'
import { rules as allRules } from './rules.ts'

/** Finding: a match of an input validation rule in a text. It never contains the text. */
export interface Finding {
  readonly rule: string
  readonly kind: Rule['kind']
  readonly severity: Rule['severity']
  /** Offset of the finding in the inspected text, in UTF-16 units. */
  readonly start: number
  readonly end: number
  /** Encodings that hid the finding, the outermost first: `['base64', 'rot13']`. Empty if it was not hidden. */
  readonly hiddenBy: readonly string[]
}

/** Maximum depth of nested encodings that the inspection of a text decodes. */
const deepest = 3
/** Maximum total length of the texts that the inspection of a text decodes, as a multiple of the text's own length. The rest is not inspected. */
const mostDecoded = 4
/** Total length of all decoded texts that is always allowed, in UTF-16 units, for short texts. */
const leastDecoded = 65_536

const matcher = new WordMatcher(new Lexicon(allRules))
const shapes = allRules.flatMap((rule) => (rule.shapes ?? []).map((shape) => ({ rule, shape })))

/**
 * Findings of all rules in a text, at most one per rule. The function is synchronous and takes about 100 ms of CPU per megabyte, and up to five
 * times as much for nested encodings. For texts of any length use `inspectText`.
 *
 * @param provenance source of the text: some rules apply only to the results of tools and to files
 */
export function findInjections(text: string, provenance: Provenance): Finding[] {
  const found = new Map<string, Finding>()
  let budget = Math.max(text.length * mostDecoded, leastDecoded)

  const add = (rule: Rule, start: number, end: number, hiddenBy: readonly string[]): void => {
    if (found.has(rule.id) || (rule.provenances && !rule.provenances.includes(provenance))) return
    found.set(rule.id, { rule: rule.id, kind: rule.kind, severity: rule.severity, start, end, hiddenBy })
  }
  const look = (part: string, hiddenBy: readonly string[], place: Place | undefined): void => {
    const canonical = canonicalText(part)
    const where = (start: number, end: number): Place => place ?? originOf(canonical, start, end)
    for (const { rule, start, end, disguise } of matcher.match(canonical)) {
      const at = where(start, end)
      add(rule, at.start, at.end, disguise === 'plain' ? hiddenBy : [...hiddenBy, disguise])
    }
    for (const { rule, shape } of shapes) {
      const match = shape.exec(canonical.text)
      if (!match) continue
      const at = where(match.index, match.index + match[0].length)
      add(rule, at.start, at.end, hiddenBy)
    }
    if (hiddenBy.length >= deepest) return
    const inner = [
      ...canonical.hidden.map(({ text, at, by }) => ({ text, at, end: at + 1, by: by as string })),
      ...decodedTexts(part),
    ]
    for (const { text: opened, at, end, by } of inner) {
      const outer = place ?? { start: at, end }
      budget -= opened.length
      if (budget < 0) {
        add(notInspectedRule, outer.start, outer.end, [...hiddenBy, by])
        return
      }
      look(opened, [...hiddenBy, by], outer)
    }
  }
  look(text, [], undefined)
  return [...found.values()]
}

interface Place {
  readonly start: number
  readonly end: number
}
const originOf = (canonical: CanonicalText, start: number, end: number): Place => ({
  start: canonical.origin(start),
  end: canonical.origin(end),
})
