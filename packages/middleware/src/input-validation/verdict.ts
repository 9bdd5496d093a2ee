import type { Finding } from './find-injections.ts'
import type { Provenance } from './rule.ts'
import { rules } from './rules.ts'

/** Action for a text with findings. `block` withholds it from the model; `flag` passes it with a note. */
export type ValidationAction = 'block' | 'flag'

/** Findings in a text and the action for it. The report never contains the text, so it can be logged. */
export interface ValidationReport {
  readonly action: ValidationAction
  readonly provenance: Provenance
  readonly findings: readonly Finding[]
}

export const ruleIds: readonly string[] = rules.map(({ id }) => id)

/**
 * Report with the action for a text's findings; undefined if there are no findings or all are allowed.
 *
 * @param action action for findings of high severity; findings of low severity are always flagged
 * @param allowed ids of rules whose findings are ignored
 */
export function verdict(
  found: readonly Finding[],
  provenance: Provenance,
  action: ValidationAction,
  allowed: readonly string[] = [],
): ValidationReport | undefined {
  const findings = found.filter(({ rule }) => !allowed.includes(rule))
  if (findings.length === 0) return undefined
  const blocks = action === 'block' && findings.some(({ severity }) => severity === 'high')
  return { action: blocks ? 'block' : 'flag', provenance, findings }
}
