import { isRecord } from '@hadal/middleware/unknown-value'
import { Refusal } from '../refusal.ts'

type Interrupts = Readonly<Record<string, readonly { readonly id?: string }[]>>

/** An interrupt's id as LangGraph makes it: 128 bits in hexadecimal. A map of such keys is LangGraph's form of several answers. */
const interruptId = /^[0-9a-f]{32}$/

/**
 * Binds a resume to the interrupts that it answers: LangGraph itself gives one bare answer to every pending interrupt, and ignores answers
 * to others.
 *
 * @returns answers by interrupt id
 * @throws {Refusal} 422 when nothing is pending, an id is not pending, or one bare answer meets several interrupts
 */
export function resumeAnswers(resume: unknown, interrupts: Interrupts): Record<string, unknown> {
  const pending = Object.values(interrupts).flatMap((list) => list.flatMap(({ id }) => (id ? [id] : [])))
  const [only, ...others] = pending
  if (only === undefined) {
    throw new Refusal(422, 'command.resume answers an interrupt, but this thread has none pending. Send input instead.')
  }
  const ids = isRecord(resume) ? Object.keys(resume) : []
  if (isRecord(resume) && ids.length > 0 && ids.every((id) => interruptId.test(id))) {
    const unknown = ids.filter((id) => !pending.includes(id))
    if (unknown.length === 0) return resume
    throw new Refusal(
      422,
      `command.resume answers ${unknown.join(', ')}, which is not pending. Pending is ${pending.join(', ')}.`,
    )
  }
  if (others.length > 0) {
    throw new Refusal(
      422,
      `command.resume is one answer, but ${pending.length} interrupts are pending. Send an object with an answer for each: ${pending.join(', ')}.`,
    )
  }
  return { [only]: resume }
}
