import { type ChecklistItem, together } from '../checklist-item.ts'
import { document } from '../evidence.ts'

const file = 'docs/operations.md'
/** Required sections of the operations runbook. Each must have text. */
const sections = ['Deploy', 'Roll back', 'Scale', 'Drain', 'Rotate a secret', 'Where to look']

export const operationsRunbook: ChecklistItem = {
  id: 'operations-runbook',
  title: 'Operations runbook',
  group: 'document',
  answer: (subject) => {
    const says = `How to ${sections.slice(0, -1).join(', ').toLowerCase()}, and where to look`
    return together(
      document(subject, file, says, (text) => {
        const lines = text.split('\n')
        return sections.flatMap((section) => {
          const start = lines.indexOf(`## ${section}`)
          const end = lines.findIndex((line, index) => index > start && line.startsWith('## '))
          const body = start < 0 ? [] : lines.slice(start + 1, end < 0 ? undefined : end)
          if (body.some((line) => line.trim() !== '')) return []
          const problem = `${file} has no text under "## ${section}".`
          return [{ problem, mend: 'Write this section.', file, line: start < 0 ? 1 : start + 1 }]
        })
      }),
    )
  },
}
