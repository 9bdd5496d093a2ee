import { DeclaredClasses } from '../store/serde/declared-classes.ts'
import { UnstorableValue } from '../store/serde/unstorable-value.ts'
import { writtenForm } from '../store/serde/written-form.ts'
import { Refusal } from './refusal.ts'

const noClasses = new DeclaredClasses()

/**
 * Rejects a request with a value that can't be part of a thread's state, before anything of the request is stored: the value nests too many
 * levels or is too large.
 *
 * @param sent values by the name of their request field, for the error
 * @throws {Refusal} 422 that names the path of the value
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
