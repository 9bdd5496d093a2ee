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
      const mend = 'Take it out, or set it to true.'
      return together({ missing: [{ problem, mend, ...settingPlace(subject, ['validation', 'enabled']) }] })
    }
    const can = serverCan(subject, 'inputValidation', {
      mend: 'Until it can, give agents no tool whose misuse would hurt without an approval.',
      setting: { path: ['validation', 'onFinding'], value: `"${onFinding}"` },
    })
    if (can.missing) return together(can)
    const notes = subject.agents.graphs.flatMap((graph) =>
      graph.kind === 'hadal' && graph.allowedFindings.length > 0
        ? [
            `Graph "${graph.graph}": findings of ${graph.allowedFindings.join(', ')} are let through, opted out in code.`,
          ]
        : [],
    )
    return together(can, {
      evidence: [inConfig(subject, ['validation'], `A finding is met with "${onFinding}"`)],
      notes,
    })
  },
}
