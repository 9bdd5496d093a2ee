import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages of `k8s.io/api` that hold the kinds we render. */
const packages = ['apps/v1', 'autoscaling/v2', 'batch/v1', 'core/v1', 'networking/v1', 'policy/v1', 'rbac/v1']

/** Allowed values that the API server accepts, by `<definition>#<property>`. */
export type Enums = ReadonlyMap<string, readonly string[]>

/**
 * The fixed values of Kubernetes' own fields (`imagePullPolicy`, `policyTypes`). A release's OpenAPI document leaves them
 * out, so they are read where it was generated from: types that Go marks `+enum`, their constants, and the fields of such
 * a type.
 *
 * @param folder the module `k8s.io/api` of the same release
 */
export function goEnums(folder: string): Enums {
  const sources = packages.map((name) => ({ name, text: readFileSync(join(folder, name, 'types.go'), 'utf8') }))
  const values = new Map<string, string[]>()
  for (const { name, text } of sources) {
    for (const [, type] of text.matchAll(/^\/\/ \+enum\n(?:\/\/.*\n)*type (\w+) string$/gm)) {
      const constants = text.matchAll(new RegExp(`^\\s+\\w+\\s+${type}\\s+= "([^"]*)"`, 'gm'))
      values.set(`${name}.${type}`, [...new Set([...constants].map(([, value]) => value ?? ''))].sort())
    }
  }
  const enums = new Map<string, readonly string[]>()
  for (const { name, text } of sources) {
    for (const [, struct, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
      for (const [, type, json] of (body ?? '').matchAll(/^\t\w+\s+(?:\[\]|\*)*([\w.]+)\s+`json:"(\w+)/gm)) {
        const known = values.get(qualified(name, type ?? ''))
        if (known && known.length > 0) enums.set(`io.k8s.api.${name.replace('/', '.')}.${struct}#${json}`, known)
      }
    }
  }
  return enums
}

/**
 * Resolves the name of a Go type: `v1.Protocol` in `networking/v1` is from the core package; a name without a package is from the same
 * package.
 */
function qualified(name: string, type: string): string {
  const [alias, bare] = type.includes('.') ? type.split('.') : ['', type]
  if (alias === '') return `${name}.${bare}`
  return alias === 'v1' || alias === 'corev1' ? `core/v1.${bare}` : ''
}
