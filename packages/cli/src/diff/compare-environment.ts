import type { KubernetesObject, RenderedObject } from '@hadal/charts/rendered-object'
import { manifestsFolder } from '@hadal/platform/names'
import { parse } from 'yaml'
import type { ComparedEnvironment, ComparedObject } from './compared.ts'
import { fieldChanges } from './field-changes.ts'

/** What an environment renders now; undefined for one that is not there any more. */
type Rendered = readonly Pick<RenderedObject, 'component' | 'object' | 'path' | 'text'>[] | undefined

interface Placed {
  readonly component: string
  readonly object: KubernetesObject
}

/**
 * Compares what an environment renders with the manifests that it had.
 *
 * @param committed every file of the base by its path from the repository's root; those of other environments don't matter
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
    // Parsing is what takes the time, and most files say what they said.
    if (unchanged && unchanged.text === text) return [{ component, object: unchanged.object }]
    const object = parsed(text)
    if (object) return [{ component, object }]
    notes.push(`${path} holds no Kubernetes object at the base, so it is not compared.`)
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

/** One object stays itself when its file moves or its API version changes. */
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
        ? [{ path: 'its component, and so its Application', before: was.component, after: is.component }]
        : []
    const changes = was && is ? [...moved, ...fieldChanges(was.object, is.object)] : []
    return [{ kind, name: metadata.name, component: placed.component, before: was?.object, after: is?.object, changes }]
  })
}
