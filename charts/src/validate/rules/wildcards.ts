import type { Json } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { at, listAt, recordsIn } from '../read-json.ts'
import { ofKind, type Rule, type Subject } from '../subject.ts'

/** Rule: no Role and no AppProject contains `*`, which would include everything that a later version adds. */
export const wildcards: Rule = (subject) => [...roles(subject), ...projects(subject)]

function roles(subject: Subject): Finding[] {
  return ofKind(subject, 'Role', 'ClusterRole').flatMap((rendered) =>
    listAt(rendered.object, 'rules').flatMap((rule, index) =>
      ['apiGroups', 'resources', 'verbs'].flatMap((field) =>
        listAt(rule, field).some(isWild) ? [{ rendered, field: `rules[${index}].${field}`, ...open }] : [],
      ),
    ),
  )
}

const lists = ['sourceRepos', 'destinations', 'clusterResourceWhitelist', 'namespaceResourceWhitelist'] as const

function projects(subject: Subject): Finding[] {
  return ofKind(subject, 'AppProject').flatMap((rendered) =>
    lists.flatMap((field) =>
      listAt(rendered.object, 'spec', field)
        .map((entry, index): [Json, number] => [entry, index])
        .filter(([entry]) => isWild(entry) || recordsIn(entry).some(([it]) => Object.values(it).some(isWild)))
        .map(([, index]) => ({ rendered, field: `spec.${field}[${index}]`, ...open })),
    ),
  )
}

const isWild = (value: Json | undefined): boolean => typeof at(value) === 'string' && String(value).includes('*')

const open = { problem: '"*" allows everything, also what later versions add.', mend: 'List each value.' }
