import { type ChecklistItem, together } from '../checklist-item.ts'
import { inConfig, serverCan } from '../evidence.ts'

export const tokenMonitoring: ChecklistItem = {
  id: 'token-monitoring',
  title: 'Token monitoring',
  group: 'recommended',
  answer: (subject) => {
    const { warnSessionTokens } = subject.environment.budgets
    const can = serverCan(subject, 'tokenMonitoring', {
      mend: "Until it can, set a limit in the provider's own console.",
      setting: { path: ['budgets', 'warnSessionTokens'], value: String(warnSessionTokens) },
    })
    if (can.missing) return together(can)
    const says = `A session is warned about at ${warnSessionTokens} tokens`
    return together(can, { evidence: [inConfig(subject, ['budgets', 'warnSessionTokens'], says)] })
  },
}
