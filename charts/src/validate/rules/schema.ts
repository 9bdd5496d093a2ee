import { nearestName } from '@hadal/platform/nearest-name'
import { kubernetesVersions } from '@hadal/platform/schema/cluster'
import type { RenderedObject } from '../../rendered-object.ts'
import { quantity } from '../../schemas/strict.ts'
import type { Finding } from '../manifest-problem.ts'
import { joinPath } from '../read-json.ts'
import { type SchemaError, type SchemaResult, schemaErrors } from '../schema-validator.ts'
import type { Rule } from '../subject.ts'

/** Rule: every object is valid by the schema of its kind in every supported version of Kubernetes, without unknown fields. */
export const schema: Rule = ({ objects }) => objects.flatMap(check)

function check(rendered: RenderedObject): Finding[] {
  const results = schemaErrors(rendered.object)
  if (results === undefined) {
    const { apiVersion, kind } = rendered.object
    return [
      {
        rendered,
        field: 'kind',
        problem: `${apiVersion} ${kind} has no schema, so the object can't be validated.`,
        mend: 'Correct apiVersion or kind, or add the kind to charts/src/schemas/sources.ts and run charts/src/schemas/generate.ts.',
      },
    ]
  }
  return results.flatMap((result) => withoutEchoes(result.errors).map((error) => toFinding(rendered, error, result)))
}

/** Returns schema errors without those of anyOf and oneOf, because the errors of their branches are more useful than "none fits". */
function withoutEchoes(errors: readonly SchemaError[]): readonly SchemaError[] {
  const telling = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf' && keyword !== 'not')
  return telling.length > 0 ? telling : errors
}

function toFinding(rendered: RenderedObject, error: SchemaError, { versions }: SchemaResult): Finding {
  const path = fieldPath(error.instancePath)
  const where = versions.length === kubernetesVersions.length ? '' : ` on Kubernetes ${versions.join(', ')}`
  const { field, problem, mend } = sentence(error, path)
  return { rendered, field, problem: `${problem}${where}.`, mend }
}

interface Sentence {
  readonly field: string
  /** The problem without a full stop, because the Kubernetes versions follow. */
  readonly problem: string
  readonly mend: string
}

function sentence({ keyword, params, data, parentSchema, message }: SchemaError, path: string): Sentence {
  const value = shown(data)
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty)
      const known = Object.keys(parentSchema?.properties ?? {}).sort()
      const near = nearestName(name, known)
      return {
        field: joinPath(path, name),
        problem: `"${name}" is not a field that Kubernetes knows here`,
        mend: [near ? `Write "${near}" if that is meant.` : '', `Known fields are ${known.join(', ')}.`]
          .join(' ')
          .trim(),
      }
    }
    case 'required': {
      const name = String(params.missingProperty)
      return { field: joinPath(path, name), problem: `"${name}" is missing`, mend: 'Set it.' }
    }
    case 'type': {
      const type = [params.type].flat().join(' or ')
      const isQuantity = parentSchema?.pattern === quantity.pattern
      // The serializers of cdk8s-plus-28 turn an amount that is not a `k8s.Quantity` into undefined.
      const hint =
        isQuantity && (data ?? undefined) === undefined ? " Write it as k8s.Quantity.fromString('100m')." : ''
      return { field: path, problem: `${value} is of the wrong type`, mend: `Give ${article(type)}.${hint}` }
    }
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).map((it) => JSON.stringify(it)).join(', ')
      return { field: path, problem: `${value} is not allowed`, mend: `Give one of ${allowed}.` }
    }
    case 'pattern':
      return { field: path, problem: `${value} has the wrong form`, mend: `It must match ${params.pattern}.` }
    default:
      return { field: path, problem: `${value} ${message ?? `breaks "${keyword}"`}`, mend: 'Correct the value.' }
  }
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)

function shown(data: unknown): string {
  const text = JSON.stringify(data) ?? 'undefined'
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

/** Converts a JSON pointer to a field path: `/spec/containers/0/image` to `spec.containers[0].image`. */
function fieldPath(pointer: string): string {
  const keys = pointer.split('/').slice(1)
  return keys
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : joinPath(path, key)), '')
}
