import type { Json, RenderedObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, recordsIn, textAt } from '@hadal/charts/validate/read-json'
import type { Evidence, Subject } from '../checklist-item.ts'
import { inObject } from '../evidence.ts'
import { type Reliance, relianceOn } from './reliance.ts'

/** Storage classes of the environment's volume claims, each with the place of one claim as evidence. */
export function storageReliances(subject: Subject): Reliance[] {
  const found = new Map<string, Evidence>()
  for (const rendered of subject.objects) {
    for (const { claim, path } of claims(rendered)) {
      const name = textAt(claim, 'storageClassName') ?? textAt(claim, 'storageClass')
      const isShared = listAt(claim, 'accessModes').includes('ReadWriteMany')
      const mode = isShared ? ', with volumes that several nodes can mount (ReadWriteMany)' : ''
      const what = `${name ? `StorageClass ${name}` : 'A default StorageClass'}${mode}`
      if (!found.has(what)) found.set(what, inObject(subject, rendered, path, 'a volume is claimed'))
    }
  }
  return [...found].flatMap(([what, evidence]) => relianceOn(what, 'cluster', evidence))
}

function claims({ kind, object }: RenderedObject): { readonly claim: Json; readonly path: (string | number)[] }[] {
  switch (kind) {
    case 'PersistentVolumeClaim':
      return [{ claim: recordAt(object, 'spec'), path: ['spec'] }]
    case 'StatefulSet':
      return listAt(object, 'spec', 'volumeClaimTemplates').map((template, index) => ({
        claim: recordAt(template, 'spec'),
        path: ['spec', 'volumeClaimTemplates', index],
      }))
    case 'Cluster':
      return ['storage', 'walStorage'].flatMap((field) => {
        const claim = recordAt(object, 'spec', field)
        return Object.keys(claim).length === 0 ? [] : [{ claim, path: ['spec', field] }]
      })
    default:
      // A custom kind may contain a volumeClaimTemplate at any path.
      return recordsIn(object).flatMap(([record, path]) =>
        'volumeClaimTemplate' in record
          ? [{ claim: recordAt(record.volumeClaimTemplate, 'spec'), path: stepsOf(path) }]
          : [],
      )
  }
}

/** The keys and indexes of a path such as `spec.volumes[2].ephemeral`. */
const stepsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step))
