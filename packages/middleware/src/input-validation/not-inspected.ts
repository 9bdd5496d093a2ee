import type { Finding } from './find-injections.ts'
import type { Rule } from './rule.ts'

/**
 * Rule of the finding for a text that is too long, or too deeply encoded, to be inspected completely. Its severity is `low`, because most of such
 * texts are data and not an attack.
 */
export const notInspectedRule: Rule = { id: 'not-inspected', kind: 'obfuscation', severity: 'low', examples: [] }

/** Creates the finding for a part of a text that was not inspected. */
export const notInspected = (start: number, end: number): Finding => ({
  rule: notInspectedRule.id,
  kind: notInspectedRule.kind,
  severity: notInspectedRule.severity,
  start,
  end,
  hiddenBy: [],
})
