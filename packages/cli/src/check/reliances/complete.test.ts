import { shapes, withEverything } from '@hadal/charts/fixtures/shapes'
import { renderEnvironment } from '@hadal/charts/render-environment'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, recordsIn, textAt } from '@hadal/charts/validate/read-json'
import type { Environment } from '@hadal/platform/environment'
import { expect, test } from 'vitest'
import { soundSubject } from '../fixtures/sound-subject.ts'
import { reliances } from '../reliances.ts'

const { agents } = soundSubject()

/** Fields with the name of an object that the cluster must have. */
const classes = ['storageClassName', 'storageClass', 'runtimeClassName', 'priorityClassName', 'ingressClassName']
const references = ['secretStoreRef', 'issuerRef']

/** Every name of something outside the environment that its objects contain: the test finds them without knowing the configuration. */
function names(environment: Environment, objects: readonly RenderedObject[]): Set<string> {
  const found = new Set<string>()
  const rendered = new Set(objects.map(({ name }) => name))
  for (const { kind, object } of objects) {
    for (const [record] of recordsIn(object)) {
      for (const field of classes) found.add(textAt(record, field) ?? '')
      for (const field of references) found.add(textAt(record, field, 'name') ?? '')
      found.add(textAt(record, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name') ?? '')
      found.add(textAt(record, 'ipBlock', 'cidr') ?? '')
      for (const parent of listAt(record, 'parentRefs')) found.add(textAt(parent, 'name') ?? '')
      for (const field of ['image', 'imageName']) {
        const [registry = ''] = (textAt(record, field) ?? '').split('/')
        if (registry.includes('.')) found.add(registry)
      }
    }
    if (kind === 'NetworkPolicy' || kind === 'PrometheusRule') continue
    if (kind === 'ConfigMap' && 'grafana_dashboard' in recordAt(object, 'metadata', 'labels')) continue
    for (const [, host = ''] of JSON.stringify(object).matchAll(/https?:\/\/([^/:"\\]+)/g)) found.add(host)
  }
  const known = new Set(['', '0.0.0.0/0', environment.namespace, 'kubernetes.default.svc'])
  // KEDA's query names Prometheus by its Service.
  const service = `prometheus-operated.${environment.cluster.monitoringNamespace}.svc`
  return new Set([...found].filter((name) => !known.has(name) && !rendered.has(name) && name !== service))
}

test.each([...shapes, { said: 'everything', environment: withEverything }])(
  'every name of something outside the environment that its objects contain is in a reliance: $said',
  ({ environment }) => {
    const objects = renderEnvironment(environment)
    const texts = reliances({ environment, objects, agents, files: new Map() }).map(({ what }) => what)
    const missing = [...names(environment, objects)].filter((name) => !texts.some((what) => what.includes(name)))
    expect(missing, 'Add a function to packages/cli/src/check/reliances/, or a line to one.').toEqual([])
  },
)

test('names are found in every field that the test searches', () => {
  const found = names(withEverything, renderEnvironment(withEverything))
  for (const name of ['kube-system', 'cnpg-system', 'ingress', 'acme', 'gvisor', 'shared', 'ghcr.io', 's3.example.com'])
    expect(found).toContain(name)
})
