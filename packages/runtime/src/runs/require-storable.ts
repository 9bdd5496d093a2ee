import { DeclaredClasses } from '../store/serde/declared-classes.ts'
import { UnstorableValue } from '../store/serde/unstorable-value.ts'
import { writtenForm } from '../store/serde/written-form.ts'
import { Refusal } from './refusal.ts'

const noClasses = new DeclaredClasses()

/**
 * Refuses what a client sends if it could not be part of a thread's state, before anything of it is stored: too many levels, or too much of it.
 *
 * @param sent by the names of the request's fields, for the sentence
 * @throws {Refusal} 422 that names the place
 */
export function requireStorable(sent: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(sent)) {
    try {
      writtenForm(value, noClasses)
    } catch (error) {
      if (!(error instanceof UnstorableValue)) throw error
      throw new Refusal(422, `${field}${error.path} ${error.reason}`)
    }
  }
}
