import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { customDefinition } from './custom-definition.ts'
import type { JsonSchema } from './json-schema.ts'

const text: JsonSchema = { type: 'string' }
const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
})

const spec = object(
  {
    image: text,
    legacy: text,
    resources: object({ cpu: text }),
    sidecars: {
      type: 'array',
      items: object({ name: text, probe: object({}), probes: { type: 'array', items: text } }),
    },
  },
  ['image', 'legacy'],
)
const version = (name: string, storage: boolean, schema: JsonSchema) => ({
  name,
  storage,
  schema: { openAPIV3Schema: schema },
})
const widget = stringify({
  spec: {
    group: 'example.com',
    names: { kind: 'Widget' },
    versions: [version('v1beta1', false, object({})), version('v1', true, object({ spec, status: object({}) }))],
  },
})
const read = (source: { without?: string[]; core?: Record<string, string> }) =>
  customDefinition(widget, { files: [], ...source })

test('a definition contains the stored version without the status', () => {
  expect(read({})).toEqual({ group: 'example.com', version: 'v1', kind: 'Widget', schema: object({ spec }) })
})

test('a part that is left out is not required either', () => {
  const { spec: left } = read({ without: ['Widget.spec.legacy', 'Other.spec.image'] }).schema.properties ?? {}
  expect(left?.required).toEqual(['image'])
  expect(Object.keys(left?.properties ?? {})).toEqual(['image', 'resources', 'sidecars'])
})

test('a type of Kubernetes replaces a part, also inside of lists and as the items of a list', () => {
  const core = {
    'Widget.spec.resources': 'ResourceRequirements',
    'Widget.spec.sidecars.probe': 'Probe',
    'Widget.spec.sidecars.probes': 'Probe',
  }
  const probe = { $ref: '#/definitions/io.k8s.api.core.v1.Probe' }
  const { resources, sidecars } = read({ core }).schema.properties?.spec?.properties ?? {}
  expect(resources).toEqual({ $ref: '#/definitions/io.k8s.api.core.v1.ResourceRequirements' })
  expect(sidecars?.items?.properties).toEqual({ name: text, probe, probes: { type: 'array', items: probe } })
})

test('a path to an unknown property is an error', () => {
  expect(() => read({ without: ['Widget.spec.sidecars.nmae'] })).toThrow('no property nmae')
})
