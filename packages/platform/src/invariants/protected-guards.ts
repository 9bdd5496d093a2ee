import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** The guide's checklist requires both, and a switch is for where nothing can be broken. */
export function protectedGuards(environment: Environment): Problem[] {
  if (!environment.protected) return []
  const off = (path: string, what: string): Problem => ({
    path,
    value: false,
    allowed: `A protected environment ${what}.`,
    remedy: 'Remove it: on is the default.',
  })
  return [
    ...(environment.approvals.enabled ? [] : [off('approvals.enabled', 'asks a person before an agent acts')]),
    ...(environment.validation.enabled ? [] : [off('validation.enabled', 'looks for injected instructions')]),
  ]
}
