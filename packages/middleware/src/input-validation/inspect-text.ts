import { extname } from 'node:path'
import { Tinypool } from 'tinypool'
import { type Finding, findInjections } from './find-injections.ts'
import type { Inspection } from './inspect-long-text.ts'
import { notInspected } from './not-inspected.ts'
import type { Provenance } from './rule.ts'
import { turnCapacity, turnRoom } from './turn-room.ts'

/**
 * Maximum length in UTF-16 units of what is inspected of a text: some two million tokens, more than any model reads. It bounds the time
 * (1 to 6 s of the inspection thread) and the memory that one text takes.
 */
export const mostInspected = 8_388_608

/** One thread: a pod has two cores, and the other one is the event loop's. It is started by the first long text. */
const threads = new Tinypool({
  // The image holds compiled JavaScript, the checkout TypeScript.
  filename: new URL(`inspect-long-text${extname(import.meta.url)}`, import.meta.url).href,
  runtime: 'worker_threads',
  minThreads: 0,
  maxThreads: 1,
  // A thread keeps about 40 MB; the start of one takes about 0.2 s.
  idleTimeout: 60_000,
  // Old generation: five times what the worst text takes, since a thread that reaches this limit may end the whole process. Young generation: with
  // the default of Node, texts that are garbage already held 300 MB; 16 MB keep it at 150 MB for a fifth more CPU.
  resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 },
})

/**
 * What the rules find in a text of any length. Short texts are inspected on the calling thread, a bounded number of characters in each turn of the
 * event loop; long ones on a thread of their own, one after another.
 *
 * What is beyond a bound is a finding of the rule `not-inspected` with its place.
 *
 * @throws Error if the thread can't start or ended
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
