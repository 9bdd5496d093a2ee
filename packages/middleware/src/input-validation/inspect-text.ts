import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Finding, findInjections } from './find-injections.ts'
import type { Provenance } from './rule.ts'

/** What is looked at before the process does something else: about 50 ms. */
const pieceLength = 524_288
/** Pieces overlap, so that nothing shorter is cut in two. */
const overlap = 16_384

/** What the rules find in a text of any length. A long one is looked at in pieces, so that other runs go on meanwhile. */
export async function inspectText(text: string, provenance: Provenance): Promise<Finding[]> {
  if (text.length <= pieceLength) return findInjections(text, provenance)
  const found = new Map<string, Finding>()
  for (let from = 0; from < text.length; from += pieceLength - overlap) {
    for (const finding of findInjections(text.slice(from, from + pieceLength), provenance)) {
      if (!found.has(finding.rule))
        found.set(finding.rule, { ...finding, start: finding.start + from, end: finding.end + from })
    }
    await nextTurn()
  }
  return [...found.values()]
}
