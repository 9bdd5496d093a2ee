import { createHash } from 'node:crypto'
import type { Finding } from './find-injections.ts'
import { inspectText } from './inspect-text.ts'
import { notInspected, notInspectedRule } from './not-inspected.ts'
import type { Provenance } from './rule.ts'
import { turnCapacity, turnRoom } from './turn-room.ts'

/**
 * Outcomes of a text's inspection for injected instructions. `partial`: a part of the text was not inspected. `remembered`: the findings are
 * from an earlier inspection of the same text.
 */
export const inspectionOutcomes = ['inspected', 'partial', 'remembered'] as const
export type InspectionOutcome = (typeof inspectionOutcomes)[number]

/** Function that returns the findings of input validation in a text. It inspects each text once. */
export type TextInspector = (text: string, provenance: Provenance) => Promise<readonly Finding[]>

/** Maximum number of texts whose findings the text inspector caches: about 3 MB. */
const mostRemembered = 10_000
/** Number of texts that are removed from the cache at once: an iterator of a Map passes all deleted keys before its first key. */
const forgottenAtOnce = 1_000
/** Maximum number of UTF-16 units of texts that are hashed per turn of the event loop: 1 ms of CPU. */
const hashedInTurn = 524_288
/** Cost of looking up a text in the cache of findings, without hashing it, in the unit of `turnCapacity` (UTF-16 units). */
const lookUp = 32

export interface TextInspectorOptions {
  /** Callback for the outcome of every inspection, for metrics. */
  readonly onInspection?: (outcome: InspectionOutcome) => void
  /** Callback for the error of a failed inspection. The text counts as not inspected. */
  readonly onFailure?: (error: unknown) => void
}

/**
 * Creates an inspector that caches the findings of each text by a digest of the text and its provenance. So a text is inspected once per process,
 * however many requests, runs and model calls contain it. The rules don't change while a process runs.
 */
export function createTextInspector({ onInspection, onFailure }: TextInspectorOptions = {}): TextInspector {
  const remembered = new Map<string, Promise<readonly Finding[]>>()
  return async (text, provenance) => {
    const key = await digest(text, provenance)
    const before = remembered.get(key)
    // A Map keeps the order of insertion: after the key is set again, the first key is the least recently used one.
    remembered.delete(key)
    if (before) {
      remembered.set(key, before)
      onInspection?.('remembered')
      return before
    }
    const inspection = inspectText(text, provenance).catch((error: unknown) => {
      // The failure may be temporary, so the next caller tries again.
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
  // UTF-16, because UTF-8 encodes all unpaired surrogates in the same way, and different texts would have the same digest.
  const hash = createHash('sha256').update(`${provenance}\n`)
  for (let from = 0; from === 0 || from < text.length; from += hashedInTurn) {
    const part = text.slice(from, from + hashedInTurn)
    await turnRoom(lookUp + (part.length / hashedInTurn) * turnCapacity)
    hash.update(part, 'utf16le')
  }
  return hash.digest('base64')
}
