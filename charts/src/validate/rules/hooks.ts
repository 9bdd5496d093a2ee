import type { Finding } from '../manifest-problem.ts'
import { textsAt } from '../read-json.ts'
import { type Rule, title } from '../subject.ts'

const hook = 'argocd.argoproj.io/hook'
const deletion = `${hook}-delete-policy`

/** A hook says when its object goes: one that stays is in the way of the next, whose fields may not be changed. */
export const hooks: Rule = ({ objects }) =>
  objects.flatMap((rendered): Finding[] => {
    const annotations = textsAt(rendered.object, 'metadata', 'annotations')
    if (annotations[hook] === undefined || annotations[deletion] !== undefined) return []
    return [
      {
        rendered,
        field: `metadata.annotations["${deletion}"]`,
        problem: `${title(rendered)} is a hook and never deleted, so the next sync can't make it anew.`,
        mend: 'Say BeforeHookCreation, which keeps its log until then.',
      },
    ]
  })
