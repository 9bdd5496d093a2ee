import type { RenderedObject } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { type Rule, type Subject, title } from '../subject.ts'

const argocdKinds = ['Application', 'AppProject']

/** Every object is in the right namespace and in the file of its kind and name, and no two objects have the same kind and name. */
export const identity: Rule = (subject) => [
  ...subject.objects.flatMap((rendered) => [...namespace(subject, rendered), ...file(rendered)]),
  ...twice(subject),
]

function namespace(subject: Subject, rendered: RenderedObject): Finding[] {
  const wanted = argocdKinds.includes(rendered.kind) ? subject.argocdNamespace : subject.namespace
  const actual = rendered.object.metadata.namespace
  if (actual === wanted) return []
  return [
    {
      rendered,
      field: 'metadata.namespace',
      problem: actual ? `The namespace "${actual}" is wrong.` : 'The object has no namespace.',
      mend: `Set "${wanted}": Argo CD would create the object in any other namespace.`,
    },
  ]
}

function file(rendered: RenderedObject): Finding[] {
  const { kind, metadata } = rendered.object
  const found: Finding[] = []
  if (rendered.kind !== kind || rendered.name !== metadata.name) {
    found.push({
      rendered,
      field: 'metadata.name',
      problem: `The object is ${kind} ${metadata.name}, and is listed as ${title(rendered)}.`,
      mend: 'List it by its own kind and name.',
    })
  }
  const wanted = `${rendered.component}/${kind}.${metadata.name}.yaml`
  if (rendered.path !== wanted) {
    found.push({
      rendered,
      field: '',
      problem: `The path of the file, ${rendered.path}, does not match the object.`,
      mend: `Rename it to ${wanted}.`,
    })
  }
  return found
}

function twice({ objects }: Subject): Finding[] {
  const first = new Map<string, RenderedObject>()
  return objects.flatMap((rendered) => {
    const { apiVersion, kind, metadata } = rendered.object
    // The API group without its version: to the API server, two versions of a kind are one object.
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
    const key = [group, kind, metadata.namespace ?? '', metadata.name].join('|')
    const other = first.get(key)
    if (!other) {
      first.set(key, rendered)
      return []
    }
    return [
      {
        rendered,
        field: 'metadata.name',
        problem: `${title(rendered)} is rendered twice; the first is ${other.path}, by ${other.chartFile}.`,
        mend: 'Rename one of them, or render it in one place only.',
      },
    ]
  })
}
