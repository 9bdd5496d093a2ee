import { noVariable, serverVariable } from '../agent-pods.ts'
import { type ChecklistItem, together } from '../checklist-item.ts'
import { inConfig, serverCan } from '../evidence.ts'

export const rateLimiting: ChecklistItem = {
  id: 'rate-limiting',
  title: 'Rate limiting',
  group: 'required',
  answer: (subject) => {
    const { requestsPerMinute } = subject.environment.limits
    const can = serverCan(subject, 'rateLimiting', {
      mend: 'Until then, limit requests in the Gateway, the Ingress controller or the callers.',
      setting: { path: ['limits', 'requestsPerMinute'], value: String(requestsPerMinute) },
    })
    if (can.missing) return together(can)
    const says = `${requestsPerMinute} requests per minute and caller`
    const told = serverVariable(subject, 'REQUEST_LIMIT_PER_MINUTE')
    return together(
      can,
      { evidence: [inConfig(subject, ['limits', 'requestsPerMinute'], says)] },
      told && told.value !== '0'
        ? { evidence: told.at('The pods get this limit') }
        : { missing: [noVariable('REQUEST_LIMIT_PER_MINUTE')] },
    )
  },
}
