import { type ChecklistItem, together } from '../checklist-item.ts'
import { inConfig, serverCan, settingPlace } from '../evidence.ts'

export const inputValidation: ChecklistItem = {
  id: 'input-validation',
  title: 'Input validation',
  group: 'required',
  answer: (subject) => {
    const { enabled, onFinding } = subject.environment.validation
    if (!enabled) {
      const problem = 'validation.enabled is false.'
      const mend = 'Remove it, or set it to true.'
      return together({ missing: [{ problem, mend, ...settingPlace(subject, ['validation', 'enabled']) }] })
    }
    const can = serverCan(subject, 'inputValidation', {
      mend: 'Until then, require an approval for every tool whose misuse would do harm.',
      setting: { path: ['validation', 'onFinding'], value: `"${onFinding}"` },
    })
    if (can.missing) return together(can)
    const notes = subject.agents.graphs.flatMap((graph) =>
      graph.kind === 'hadal' && graph.allowedFindings.length > 0
        ? [`Graph "${graph.graph}": findings of ${graph.allowedFindings.join(', ')} are ignored: opted out in code.`]
        : [],
    )
    return together(can, {
      evidence: [inConfig(subject, ['validation'], `Action on a finding: "${onFinding}"`)],
      notes,
    })
  },
}
