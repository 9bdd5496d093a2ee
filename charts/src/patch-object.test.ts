import { App, Chart, JsonPatch } from 'cdk8s'
import { k8s } from 'cdk8s-plus-28'
import { expect, test } from 'vitest'
import { patchObject } from './patch-object.ts'

/** A field of Kubernetes 1.32 that `cdk8s-plus-28` does not know. */
const resources = JsonPatch.add('/spec/resources', { limits: { memory: '1Gi' } })

function pod(): { readonly chart: Chart; readonly object: k8s.KubePod } {
  const chart = new Chart(new App(), 'test')
  const container = { name: 'main', resources: { limits: { cpu: k8s.Quantity.fromString('1') } } }
  const object = new k8s.KubePod(chart, 'pod', { metadata: { name: 'pod' }, spec: { containers: [container] } })
  return { chart, object }
}

test('a patch adds a field that Kubernetes 1.28 lacks and leaves the others as they are', () => {
  const { chart, object } = pod()
  patchObject(object, resources, JsonPatch.replace('/spec/containers/0/name', 'patched'))
  expect(chart.toJson()[0].spec).toEqual({
    containers: [{ name: 'patched', resources: { limits: { cpu: '1' } } }],
    resources: { limits: { memory: '1Gi' } },
  })
})

// The reason for `patchObject`. If this fails, cdk8s has changed and `addJsonPatch` is enough.
test('addJsonPatch of cdk8s loses such a field', () => {
  const { chart, object } = pod()
  object.addJsonPatch(resources)
  expect(chart.toJson()[0].spec).not.toHaveProperty('resources')
})
