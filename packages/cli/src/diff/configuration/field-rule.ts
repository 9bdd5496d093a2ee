import type { DangerRuleName } from '../danger-rule-names.ts'
import type { Direction } from './directions.ts'

/** A danger of a single field of the configuration. */
export interface FieldRule {
  readonly rule: DangerRuleName
  /** Paths of the fields. `*` is any one part of a path, and `[]` any item of a list. */
  readonly fields: readonly string[]
  readonly when: Direction
  /** Why the change is dangerous, as a sentence. */
  readonly why: string
}

/** Creates a danger of one field, or of several with the same reason. */
export const rule = (
  name: DangerRuleName,
  fields: string | readonly string[],
  when: Direction,
  why: string,
): FieldRule => ({
  rule: name,
  fields: typeof fields === 'string' ? [fields] : fields,
  when,
  why,
})
