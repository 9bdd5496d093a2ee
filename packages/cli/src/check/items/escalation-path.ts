import { type ChecklistItem, together } from '../checklist-item.ts'
import { document } from '../evidence.ts'

const file = 'docs/escalation.md'
/** What the document has where a team must write something: "[fill in: the team that runs the cluster]". */
const placeholder = /\[fill in\b/i

export const escalationPath: ChecklistItem = {
  id: 'escalation-path',
  title: 'Escalation path',
  group: 'document',
  answer: (subject) =>
    together(
      document(subject, file, 'Whom to tell, in which order', (text) => {
        const open = text.split('\n').flatMap((line, index) => (placeholder.test(line) ? [index + 1] : []))
        const [line] = open
        if (line === undefined) return []
        const problem = `${file} is not filled in: ${open.length} line${open.length === 1 ? '' : 's'} still to be written.`
        return [{ problem, mend: 'Replace every "[fill in: …]" in it by what holds for your team.', file, line }]
      }),
    ),
}
