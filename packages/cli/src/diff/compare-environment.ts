import type { KubernetesObject, RenderedObject } from '@hadal/charts/rendered-object'
import { manifestsFolder } from '@hadal/platform/names'
import { parse } from 'yaml'
import type { ComparedEnvironment, ComparedObject } from './compared.ts'
import { fieldChanges } from './field-changes.ts'

/** Rendered objects of an environment; undefined if the environment was removed. */
type Rendered = readonly Pick<RenderedObject, 'component' | 'object' | 'path' | 'text'>[] | undefined

interface Placed {
  readonly component: string
  readonly object: KubernetesObject
}

/**
 * Compares the rendered objects of an environment with its manifests at the base.
 *
 * @param committed texts of the base's files by path relative to the repository's root; files of other environments are ignored
 */
export function compareEnvironment(
  name: string,
  committed: ReadonlyMap<string, string>,
  rendered: Rendered,
): ComparedEnvironment {
  const folder = `${manifestsFolder(name)}/`
  const files = [...committed].filter(([path]) => path.startsWith(folder))
  const notes: string[] = []
  const same = new Map((rendered ?? []).map((it) => [`${folder}${it.path}`, it]))
  const before = files.flatMap(([path, text]): Placed[] => {
    const component = path.slice(folder.length).split('/')[0] ?? ''
    const unchanged = same.get(path)
    // Parsing is slow and most files are unchanged, so unchanged files are not parsed.
    if (unchanged && unchanged.text === text) return [{ component, object: unchanged.object }]
    const object = parsed(text)
    if (object) return [{ component, object }]
    notes.push(`${path} contains no Kubernetes object at the base, so it is not compared.`)
    return []
  })
  const after = (rendered ?? []).map(({ component, object }): Placed => ({ component, object }))
  return {
    name,
    state: rendered === undefined ? 'removed' : files.length === 0 ? 'new' : 'kept',
    before: before.map(({ object }) => object),
    after: after.map(({ object }) => object),
    objects: pairs(before, after),
    notes,
  }
}

function parsed(text: string): KubernetesObject | undefined {
  try {
    const object: Partial<KubernetesObject> | null = parse(text, { version: '1.1' })
    return typeof object?.kind === 'string' && typeof object.metadata?.name === 'string'
      ? (object as KubernetesObject)
      : undefined
  } catch {
    return undefined
  }
}

/** Identity of an object: group, kind, namespace and name. It survives a move of the file and a change of the API version. */
const identity = ({ apiVersion, kind, metadata: { namespace = '', name } }: KubernetesObject): string =>
  [String(apiVersion).includes('/') ? String(apiVersion).split('/')[0] : '', kind, namespace, name].join(' ')

function pairs(before: readonly Placed[], after: readonly Placed[]): ComparedObject[] {
  const old = new Map(before.map((placed) => [identity(placed.object), placed]))
  const fresh = new Map(after.map((placed) => [identity(placed.object), placed]))
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((key): ComparedObject[] => {
    const [was, is] = [old.get(key), fresh.get(key)]
    const placed = is ?? was
    if (!placed) return []
    const { kind, metadata } = placed.object
    const moved =
      was && is && was.component !== is.component
        ? [{ path: 'component (and Argo CD Application)', before: was.component, after: is.component }]
        : []
    const changes = was && is ? [...moved, ...fieldChanges(was.object, is.object)] : []
    return [{ kind, name: metadata.name, component: placed.component, before: was?.object, after: is?.object, changes }]
  })
}
