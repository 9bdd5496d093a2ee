import type { RenderedObject } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { listAt, textAt } from '../read-json.ts'
import { choices, ofKind, type Rule, type Subject, title } from '../subject.ts'

/**
 * Each component has one Application, which reads the component's folder, and whose project allows every kind in
 * it: other kinds would fail in the cluster, after the merge.
 */
export const argocd: Rule = (subject) => {
  const applications = ofKind(subject, 'Application')
  if (applications.length === 0) return []
  return [...folders(subject, applications), ...applications.flatMap((it) => permitted(subject, it))]
}

const ownComponent = 'argocd'

/** The component of an Application: the last part of its path. */
const componentOf = ({ object }: RenderedObject): string =>
  textAt(object, 'spec', 'source', 'path')?.split('/').at(-1) ?? ''

function folders(subject: Subject, applications: readonly RenderedObject[]): Finding[] {
  const rendered = [...new Set(subject.objects.map(({ component }) => component))].filter(
    (name) => name !== ownComponent,
  )
  const wrong = applications.flatMap((it): Finding[] => {
    const path = textAt(it.object, 'spec', 'source', 'path') ?? ''
    const wanted = rendered.map((component) => `${subject.manifests}/${component}`)
    if (wanted.includes(path)) return []
    const problem = `"${path}" is not a folder of rendered objects.`
    return [{ rendered: it, field: 'spec.source.path', problem, mend: `Use one of ${choices(wanted)}.` }]
  })
  const unsynced = rendered.flatMap((component): Finding[] => {
    const [first] = subject.objects.filter((it) => it.component === component)
    const count = applications.filter((it) => componentOf(it) === component).length
    if (!first || count === 1) return []
    const problem = count === 0 ? `No Application syncs ${component}.` : `${count} Applications sync ${component}.`
    return [{ rendered: first, field: '', problem, mend: 'Render one Application per component.' }]
  })
  return [...wrong, ...unsynced]
}

function permitted(subject: Subject, application: RenderedObject): Finding[] {
  const project = ofKind(subject, 'AppProject').find(
    ({ name }) => name === textAt(application.object, 'spec', 'project'),
  )
  // Another rule reports a missing project.
  if (!project) return []
  const found: Finding[] = []
  const repository = textAt(application.object, 'spec', 'source', 'repoURL')
  const repositories = listAt(project.object, 'spec', 'sourceRepos')
  if (!repositories.includes(repository ?? null)) {
    const problem = `${title(project)} does not allow "${repository}".`
    found.push({
      rendered: application,
      field: 'spec.source.repoURL',
      problem,
      mend: `It allows ${repositories.join(', ')}.`,
    })
  }
  const [server, namespace] = ['server', 'namespace'].map((key) =>
    textAt(application.object, 'spec', 'destination', key),
  )
  const destinations = listAt(project.object, 'spec', 'destinations')
  if (!destinations.some((it) => textAt(it, 'server') === server && textAt(it, 'namespace') === namespace)) {
    const problem = `${title(project)} does not allow the destination ${namespace} on ${server}.`
    found.push({
      rendered: application,
      field: 'spec.destination',
      problem,
      mend: "Set the environment's own namespace and server in both.",
    })
  }
  const kinds = listAt(project.object, 'spec', 'namespaceResourceWhitelist').map(
    (it) => `${textAt(it, 'group')}/${textAt(it, 'kind')}`,
  )
  const refused = subject.objects.filter(
    ({ component, object }) =>
      component === componentOf(application) && !kinds.includes(groupKind(object.apiVersion, object.kind)),
  )
  return [
    ...found,
    ...refused.map((rendered) => ({
      rendered,
      field: 'kind',
      problem: `${title(project)} does not allow ${groupKind(rendered.object.apiVersion, rendered.kind)}, so Argo CD would refuse it.`,
      mend: 'Add the kind to allowedKinds in charts/src/components/argocd.ts.',
    })),
  ]
}

/** Group and kind, as `apps/Deployment`; the core group is empty. */
const groupKind = (apiVersion: string, kind: string): string =>
  `${apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''}/${kind}`
