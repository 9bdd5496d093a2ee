import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, recordsIn, textAt } from '@hadal/charts/validate/read-json'
import { podTemplate } from './pod-template.ts'

/** Name and keys of the Secret that an object creates; undefined if it creates none. */
export function madeSecret(
  object: KubernetesObject,
): { readonly name: string; readonly keys: readonly string[] } | undefined {
  if (object.kind === 'Secret') {
    const keys = [...Object.keys(recordAt(object, 'data')), ...Object.keys(recordAt(object, 'stringData'))]
    return { name: object.metadata.name, keys }
  }
  if (object.kind !== 'ExternalSecret') return undefined
  const keys = listAt(object, 'spec', 'data').flatMap((entry) => textAt(entry, 'secretKey') ?? [])
  const templated = Object.keys(recordAt(object, 'spec', 'target', 'template', 'data'))
  return {
    name: textAt(object, 'spec', 'target', 'name') ?? object.metadata.name,
    // A template determines the keys of the Secret.
    keys: templated.length > 0 ? templated : keys,
  }
}

/** All Secrets that an object's pods read, as `name` or `name/key`. */
export function readSecrets(object: KubernetesObject | undefined): readonly string[] {
  const found = new Set<string>()
  const add = (name: string | undefined, keys: readonly (string | undefined)[]): void => {
    for (const key of keys.length > 0 ? keys : [undefined]) if (name) found.add(key ? `${name}/${key}` : name)
  }
  const keysIn = (value: Json | undefined) => listAt(value, 'items').map((item) => textAt(item, 'key'))
  for (const [record] of recordsIn(podTemplate(object)?.spec)) {
    add(textAt(record, 'secret', 'secretName'), keysIn(record.secret))
    // Source of a projected volume.
    add(textAt(record, 'secret', 'name'), keysIn(record.secret))
    add(textAt(record, 'secretKeyRef', 'name'), [textAt(record, 'secretKeyRef', 'key')])
    add(textAt(record, 'secretRef', 'name'), [])
  }
  return [...found]
}
