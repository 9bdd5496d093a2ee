import { unpricedModels } from '../../unpriced-models.ts'
import { type ChecklistItem, together } from '../checklist-item.ts'
import { inConfig, serverCan } from '../evidence.ts'

export const tokenMonitoring: ChecklistItem = {
  id: 'token-monitoring',
  title: 'Token monitoring',
  group: 'recommended',
  answer: (subject) => {
    const { warnSessionTokens } = subject.environment.budgets
    const can = serverCan(subject, 'tokenMonitoring', {
      mend: "Until then, set a limit in the provider's console.",
      setting: { path: ['budgets', 'warnSessionTokens'], value: String(warnSessionTokens) },
    })
    if (can.missing) return together(can)
    const says = `The server warns when a thread reaches ${warnSessionTokens} tokens`
    return together(can, {
      evidence: [inConfig(subject, ['budgets', 'warnSessionTokens'], says)],
      notes: unpricedModels(subject.environment).map(({ sentence }) => sentence),
    })
  },
}
