import { serverVariable } from '../agent-pods.ts'
import { type ChecklistItem, together } from '../checklist-item.ts'
import { serverCan, serverCannotYet } from '../evidence.ts'

export const structuredLogs: ChecklistItem = {
  id: 'structured-logs',
  title: 'Structured logs',
  group: 'required',
  answer: (subject) => {
    const level = serverVariable(subject, 'LOG_LEVEL')
    return together(
      serverCan(subject, 'structuredLogs', { mend: 'Use a server that has this capability.' }),
      level ? { evidence: level.at(`Level "${level.value}"`) } : {},
      serverCannotYet(subject, 'llmLogs'),
    )
  },
}
