import { createHash } from 'node:crypto'
import type { Finding } from './find-injections.ts'
import { inspectText } from './inspect-text.ts'
import { notInspected, notInspectedRule } from './not-inspected.ts'
import type { Provenance } from './rule.ts'
import { turnCapacity, turnRoom } from './turn-room.ts'

/** How an inspection ended: `partial` where the text was not inspected whole, `remembered` where the same text was inspected before. */
export const inspectionOutcomes = ['inspected', 'partial', 'remembered'] as const
export type InspectionOutcome = (typeof inspectionOutcomes)[number]

/** Inspects texts, each once. */
export type TextInspector = (text: string, provenance: Provenance) => Promise<readonly Finding[]>

/** Maximum number of texts whose findings are remembered, the latest used: about 3 MB. */
const mostRemembered = 10_000
/** How many are forgotten at once: a Map passes over all that were deleted before it comes to its first key. */
const forgottenAtOnce = 1_000
/** How many UTF-16 units are hashed in one turn of the event loop: 1 ms of CPU. */
const hashedInTurn = 524_288
/** What the look-up of a text costs beside its hash, in the unit of the turn's capacity. */
const lookUp = 32

export interface TextInspectorOptions {
  /** Is called for every text, for metrics. */
  readonly onInspection?: (outcome: InspectionOutcome) => void
  /** Is called when the inspection of a text failed. The text counts as not inspected. */
  readonly onFailure?: (error: unknown) => void
}

/**
 * Remembers the findings of each text by a digest of the text and its provenance, so that a text is inspected once in a process, however many
 * requests, runs and model calls bring it. Rules don't change while a process lives.
 */
export function createTextInspector({ onInspection, onFailure }: TextInspectorOptions = {}): TextInspector {
  const remembered = new Map<string, Promise<readonly Finding[]>>()
  return async (text, provenance) => {
    const key = await digest(text, provenance)
    const before = remembered.get(key)
    // Deleted and set again: a Map keeps the order of insertion, so its first key is the one that was not used for the longest time.
    remembered.delete(key)
    if (before) {
      remembered.set(key, before)
      onInspection?.('remembered')
      return before
    }
    const inspection = inspectText(text, provenance).catch((error: unknown) => {
      // The cause may pass: the next caller tries again.
      remembered.delete(key)
      onFailure?.(error)
      return [notInspected(0, text.length)]
    })
    remembered.set(key, inspection)
    if (remembered.size > mostRemembered) forgetOldest(remembered)
    const found = await inspection
    onInspection?.(found.some(({ rule }) => rule === notInspectedRule.id) ? 'partial' : 'inspected')
    return found
  }
}

function forgetOldest(remembered: Map<string, unknown>): void {
  let left = forgottenAtOnce
  for (const key of remembered.keys()) {
    if (left === 0) return
    remembered.delete(key)
    left -= 1
  }
}

async function digest(text: string, provenance: Provenance): Promise<string> {
  // UTF-16, since UTF-8 has one form for all halves of surrogate pairs: different texts would be one.
  const hash = createHash('sha256').update(`${provenance}\n`)
  for (let from = 0; from === 0 || from < text.length; from += hashedInTurn) {
    const part = text.slice(from, from + hashedInTurn)
    await turnRoom(lookUp + (part.length / hashedInTurn) * turnCapacity)
    hash.update(part, 'utf16le')
  }
  return hash.digest('base64')
}
