import { extname } from 'node:path'
import { Tinypool } from 'tinypool'
import { type Finding, findInjections } from './find-injections.ts'
import type { Inspection } from './inspect-long-text.ts'
import { notInspected } from './not-inspected.ts'
import type { Provenance } from './rule.ts'
import { turnCapacity, turnRoom } from './turn-room.ts'

/**
 * Maximum number of UTF-16 units of a text that are inspected: some two million tokens, more than any model accepts. It limits the time
 * (1 to 6 s of the inspection thread) and the memory that one text takes.
 */
export const mostInspected = 8_388_608

/** Pool with the one inspection thread: a pod has two cores, and the event loop needs the other. The first long text starts the thread. */
const threads = new Tinypool({
  // The image holds compiled JavaScript, the checkout TypeScript.
  filename: new URL(`inspect-long-text${extname(import.meta.url)}`, import.meta.url).href,
  runtime: 'worker_threads',
  minThreads: 0,
  maxThreads: 1,
  // A thread keeps about 40 MB; the start of one takes about 0.2 s.
  idleTimeout: 60_000,
  // Old generation: five times the memory of the worst text, because a thread that reaches this limit may end the whole process. Young generation:
  // with Node's default, unused texts took 300 MB. With 16 MB they take 150 MB, for 20 % more CPU.
  resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 },
})

/**
 * Findings of all rules in a text of any length. Short texts are inspected on the calling thread, a limited number of characters per turn of the
 * event loop. Long texts are inspected on a separate thread, one after the other.
 *
 * A part of the text beyond a limit is reported as a finding of the rule `not-inspected`.
 *
 * @throws Error if the thread can't start or has ended
 */
export async function inspectText(text: string, provenance: Provenance): Promise<Finding[]> {
  if (text.length <= turnCapacity) {
    await turnRoom(text.length)
    return findInjections(text, provenance)
  }
  const inspection: Inspection = { text: text.slice(0, mostInspected), provenance }
  const found: Finding[] = await threads.run(inspection)
  return text.length <= mostInspected ? found : [...found, notInspected(mostInspected, text.length)]
}
