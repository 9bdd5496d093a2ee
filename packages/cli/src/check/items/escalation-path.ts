import { type ChecklistItem, together } from '../checklist-item.ts'
import { document } from '../evidence.ts'

const file = 'docs/escalation.md'
/** Placeholder in the document that a team must replace, e.g. "[fill in: the team that runs the cluster]". */
const placeholder = /\[fill in\b/i

export const escalationPath: ChecklistItem = {
  id: 'escalation-path',
  title: 'Escalation path',
  group: 'document',
  answer: (subject) =>
    together(
      document(subject, file, 'The contacts for an escalation, in order', (text) => {
        const open = text.split('\n').flatMap((line, index) => (placeholder.test(line) ? [index + 1] : []))
        const [line] = open
        if (line === undefined) return []
        const problem = `${file} is not filled in: ${open.length} line${open.length === 1 ? ' is still a placeholder' : 's are still placeholders'}.`
        return [{ problem, mend: 'Replace every "[fill in: …]" in it with the data of your team.', file, line }]
      }),
    ),
}
