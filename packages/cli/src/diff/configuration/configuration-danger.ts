import type { Danger } from '../compared.ts'
import type { DangerRuleName } from '../danger-rule-names.ts'

/** A danger that a rule over configurations found. Rules over objects may have the same name, if they find the same kind of danger. */
export interface ConfigurationDanger extends Danger {
  readonly rule: DangerRuleName
}
