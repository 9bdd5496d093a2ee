import type { Json, JsonRecord } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { containersOf, type Pod, podsOf } from '../pods.ts'
import { at, listAt, textAt, textsAt } from '../read-json.ts'
import { choices, ofKind, type Rule, type Subject } from '../subject.ts'

/** Rule: every variable `…_FILE` names a mounted file. The server reads secrets from these files and does not start without them. */
export const secretFiles: Rule = (subject) =>
  podsOf(subject).flatMap((pod) =>
    containersOf(pod).flatMap(([container, path]) => {
      const files = mountedFiles(pod, container)
      const isMounted = (value: string): boolean =>
        files.some((file) => file === value || (file.endsWith('/') && value.startsWith(file)))
      return variables(subject, container).flatMap(({ name, value, field }): Finding[] => {
        // An empty variable counts as absent.
        if (!name.endsWith('_FILE') || value === '' || isMounted(value)) return []
        return [
          {
            rendered: pod.maker,
            field: `${path}.${field}`,
            problem: `${name} names the file "${value}", which is not mounted.`,
            mend: `Mount the file, or use one of ${choices(files)}.`,
          },
        ]
      })
    }),
  )

interface Variable {
  readonly name: string
  readonly value: string
  /** Path of the file inside the container. */
  readonly field: string
}

/** Environment variables with a known value: the container's own, and those of rendered ConfigMaps. */
function variables(subject: Subject, container: JsonRecord): Variable[] {
  const own = listAt(container, 'env').flatMap((variable, index): Variable[] => {
    const [name, value] = [textAt(variable, 'name'), textAt(variable, 'value')]
    return name !== undefined && value !== undefined ? [{ name, value, field: `env[${index}]` }] : []
  })
  const names = new Set(own.map(({ name }) => name))
  const given = listAt(container, 'envFrom').flatMap((source, index) => {
    const settings = ofKind(subject, 'ConfigMap').find(({ name }) => name === textAt(source, 'configMapRef', 'name'))
    return Object.entries(textsAt(settings?.object, 'data')).map(([name, value]) => ({
      name,
      value,
      field: `envFrom[${index}]`,
    }))
  })
  // The container's own variable wins over one of envFrom.
  return [...own, ...given.filter(({ name }) => !names.has(name))]
}

/** Paths of mounted files. For a volume with unknown files it is the path of the folder, with a slash at the end. */
function mountedFiles(pod: Pod, container: JsonRecord): string[] {
  const volumes = listAt(pod.spec, 'volumes')
  return listAt(container, 'volumeMounts').flatMap((mount) => {
    const volume = volumes.find((it) => textAt(it, 'name') === textAt(mount, 'name'))
    const folder = textAt(mount, 'mountPath') ?? ''
    const sources = [volume, ...listAt(volume, 'projected', 'sources')]
    const items = sources.flatMap((source) => ['secret', 'configMap'].flatMap((type) => listAt(source, type, 'items')))
    const subPath = textAt(mount, 'subPath')
    if (subPath !== undefined) return items.some((item) => textAt(item, 'path') === subPath) ? [folder] : []
    return items.length > 0
      ? items.map((item: Json) => `${folder}/${textAt(item, 'path')}`)
      : at(volume)
        ? [`${folder}/`]
        : []
  })
}
