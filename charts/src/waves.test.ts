import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { App } from 'cdk8s'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import { expect, test } from 'vitest'
import { ComponentChart } from './component-chart.ts'
import { setWaves } from './waves.ts'

const service = (annotations: Record<string, string>) => {
  const chart = new ComponentChart(new App(), 'agent', { environment: soundEnvironment() })
  new k8s.KubeService(new Construct(chart, 'proxy'), 'service', { metadata: { name: 'proxy', annotations } })
  return chart
}

test('a sync wave that a construct sets is refused instead of overwritten', () => {
  expect(() => setWaves(service({ 'argocd.argoproj.io/sync-wave': '5' }), 'agent')).toThrow(
    'Service proxy sets the annotation argocd.argoproj.io/sync-wave. The sync wave of Service comes from charts/src/waves.ts; remove the annotation.',
  )
})

test('objects inside constructs get the wave of their component beside their own annotations', () => {
  const chart = service({ team: 'a' })
  setWaves(chart, 'agent')
  expect(chart.toJson()[0].metadata.annotations).toEqual({ team: 'a', 'argocd.argoproj.io/sync-wave': '0' })
})
