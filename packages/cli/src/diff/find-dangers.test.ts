import { toYaml } from '@hadal/charts/to-yaml'
import { expect, test } from 'vitest'
import { compareEnvironment } from './compare-environment.ts'
import { findDangers } from './find-dangers.ts'
import {
  alert,
  claim,
  cluster,
  dangers,
  deployment,
  ingress,
  object,
  pathOf,
  policy,
  role,
} from './fixtures/danger-objects.ts'

test('an unchanged environment has no dangers', () => {
  const all = [deployment(), claim('1Gi'), cluster({}), policy({}), role('*'), alert({}), ingress({ tls: [{}] })]
  expect(dangers(all, all)).toEqual([])
})

test('a new environment has no dangers, and a removed one has exactly one', () => {
  const committed = new Map([['environments/e/manifests/c/Deployment.x.yaml', toYaml(deployment())]])
  expect(findDangers(compareEnvironment('e', new Map(), [])).length).toBe(0)
  expect(findDangers(compareEnvironment('e', committed, undefined)).map(({ rule }) => rule)).toEqual([
    'removed-environment',
  ])
})

test('a file at the base that contains no object is noted and not compared', () => {
  const committed = new Map([
    ['environments/e/manifests/c/Deployment.x.yaml', 'a: [b'],
    ['environments/e/manifests/c/Service.x.yaml', '- 1\n'],
  ])
  expect(compareEnvironment('e', committed, []).notes).toHaveLength(2)
})

test('an object keeps its identity when its file or API version changes', () => {
  const was = object('HorizontalPodAutoscaler', { apiVersion: 'autoscaling/v1' })
  const is = object('HorizontalPodAutoscaler', { apiVersion: 'autoscaling/v2' })
  const committed = new Map([['environments/e/manifests/old/HorizontalPodAutoscaler.x.yaml', toYaml(was)]])
  const { objects } = compareEnvironment('e', committed, [{ component: 'c', object: is, path: pathOf(is), text: '' }])
  expect(objects.map(({ changes }) => changes)).toEqual([
    [
      { path: 'component (and Argo CD Application)', before: 'old', after: 'c' },
      { path: 'apiVersion', before: 'autoscaling/v1', after: 'autoscaling/v2' },
    ],
  ])
})
