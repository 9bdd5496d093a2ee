import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { App } from 'cdk8s'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import { expect, test } from 'vitest'
import { ComponentChart } from './component-chart.ts'
import { charts } from './render-environment.ts'

const environment = soundEnvironment()

test('an object without a name is refused with the path of its construct', () => {
  const chart = new ComponentChart(new App(), 'agent', { environment })
  const proxy = new Construct(chart, 'proxy')
  expect(() => new k8s.KubeService(proxy, 'service', { metadata: {} })).toThrow(
    'Give Service at agent/proxy/service a metadata.name.',
  )
})

test.each(Object.entries(charts))('the chart of %s refuses objects without a name', (component, Chart) => {
  const chart = new Chart(new App(), component, { environment })
  expect(() => new k8s.KubeConfigMap(chart, 'nameless')).toThrow(
    `Give ConfigMap at ${component}/nameless a metadata.name.`,
  )
})

test('every object has the common labels and the namespace', () => {
  const chart = new ComponentChart(new App(), 'agent', { environment })
  new k8s.KubeConfigMap(chart, 'settings', { metadata: { name: 'settings' } })
  expect(chart.toJson()).toMatchObject([
    { metadata: { namespace: environment.namespace, labels: { 'app.kubernetes.io/part-of': 'hadal' } } },
  ])
})
