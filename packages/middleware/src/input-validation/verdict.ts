import type { Finding } from './find-injections.ts'
import type { Provenance } from './rule.ts'
import { rules } from './rules.ts'

/** What happens to a text with findings. `block` keeps it from the model; `flag` lets it through, with a note that it is data. */
export type ValidationAction = 'block' | 'flag'

/** What was found and what follows from it. Holds nothing of the text, so it may be logged and counted. */
export interface ValidationReport {
  readonly action: ValidationAction
  readonly provenance: Provenance
  readonly findings: readonly Finding[]
}

export const ruleIds: readonly string[] = rules.map(({ id }) => id)

/**
 * The verdict over a text's findings; undefined where there are none to act on.
 *
 * @param action what happens to a text with a finding of high severity. Findings of low severity are always flagged
 * @param allowed ids of rules whose findings are let through
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
