import type { Finding } from '../manifest-problem.ts'
import { textsAt } from '../read-json.ts'
import { type Rule, title } from '../subject.ts'

const hook = 'argocd.argoproj.io/hook'
const deletion = `${hook}-delete-policy`

/**
 * Rule: every Argo CD hook has a delete policy. Otherwise the object of the last sync would block the next one, because its fields are
 * immutable.
 */
export const hooks: Rule = ({ objects }) =>
  objects.flatMap((rendered): Finding[] => {
    const annotations = textsAt(rendered.object, 'metadata', 'annotations')
    if (annotations[hook] === undefined || annotations[deletion] !== undefined) return []
    return [
      {
        rendered,
        field: `metadata.annotations["${deletion}"]`,
        problem: `${title(rendered)} is a hook without a delete policy, so the next sync can't create it again.`,
        mend: 'Set the delete policy BeforeHookCreation, which keeps the log until the next sync.',
      },
    ]
  })
