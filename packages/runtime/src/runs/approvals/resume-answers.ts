import { isRecord } from '@hadal/middleware/unknown-value'
import { Refusal } from '../refusal.ts'

type Interrupts = Readonly<Record<string, readonly { readonly id?: string }[]>>

/** Format of LangGraph's interrupt ids: 128 bits in hexadecimal. An object whose keys are all such ids has one answer per interrupt. */
const interruptId = /^[0-9a-f]{32}$/

/**
 * Assigns the value of a resume to the interrupts that it answers. LangGraph itself gives a single answer to every pending interrupt, and
 * ignores answers to interrupts that are not pending.
 *
 * @returns answers by interrupt id
 * @throws {Refusal} 422 if no interrupt is pending, an id is not pending, or several interrupts are pending and the resume is a single answer
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
      `command.resume answers ${unknown.join(', ')}, which is not pending. Pending: ${pending.join(', ')}.`,
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
