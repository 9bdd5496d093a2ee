import type { FieldRule } from './field-rule.ts'
import { operationRules } from './operation-rules.ts'
import { trustRules } from './trust-rules.ts'

/**
 * Dangers of single fields, for changes that the rules over objects do not see. A field that an object rule covers has no line here.
 * `fixtures/dangerous-changes.ts` lists every field of the schema with its dangerous change.
 */
export const fieldRules: readonly FieldRule[] = [...trustRules, ...operationRules]
