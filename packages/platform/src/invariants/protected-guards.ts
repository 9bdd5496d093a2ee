import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires approvals and input validation in a protected environment, as the production guide's checklist does. */
export function protectedGuards(environment: Environment): Problem[] {
  if (!environment.protected) return []
  const off = (path: string, what: string): Problem => ({
    path,
    value: false,
    allowed: `A protected environment must have ${what}.`,
    remedy: 'Remove it: true is the default.',
  })
  return [
    ...(environment.approvals.enabled ? [] : [off('approvals.enabled', 'approvals of dangerous tool calls')]),
    ...(environment.validation.enabled ? [] : [off('validation.enabled', 'input validation')]),
  ]
}
