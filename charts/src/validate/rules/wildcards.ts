import type { Finding } from '../manifest-problem.ts'
import { listAt } from '../read-json.ts'
import { ofKind, type Rule } from '../subject.ts'

/** A role says what may be done to what; `*` also means everything that a later version adds. */
export const wildcards: Rule = (subject) =>
  ofKind(subject, 'Role', 'ClusterRole').flatMap((rendered) =>
    listAt(rendered.object, 'rules').flatMap((rule, index) =>
      ['apiGroups', 'resources', 'verbs'].flatMap((field): Finding[] => {
        if (!listAt(rule, field).some((value) => String(value).includes('*'))) return []
        return [
          {
            rendered,
            field: `rules[${index}].${field}`,
            problem: '"*" allows everything that there is and will be.',
            mend: 'Name each one.',
          },
        ]
      }),
    ),
  )
