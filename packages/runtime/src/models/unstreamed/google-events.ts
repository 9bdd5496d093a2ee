import { z } from 'zod'
import type { StreamEvent } from './stream-event.ts'

const Chunk = z.looseObject({ candidates: z.array(z.looseObject({})) })
/** Whole answer of Google's API: of `generateContent`, or of `streamGenerateContent` without `alt=sse`. */
const GoogleAnswer = z.union([Chunk.transform((chunk) => [chunk]), z.array(Chunk).min(1)])

/** Events of Google's stream for a whole answer, which have the same form; undefined if the value is not an answer of Google's API. */
export function googleEvents(answer: unknown): StreamEvent[] | undefined {
  return GoogleAnswer.safeParse(answer).data?.map((data) => ({ data }))
}
