import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { rendered } from '../../fixtures/rendered.ts'
import { renderEnvironment } from '../../render-environment.ts'

const workload = { autoscaling: { kind: 'cpu' } } as const
const batch = { kind: 'volume', size: '20Gi', class: 'shared' } as const
const environment = soundEnvironment({ batch, agent: { topology: 'split', api: workload, worker: workload } })

test('batch agents share one ReadWriteMany volume that Argo CD does not delete', () => {
  const claim = (...keys: string[]) =>
    rendered(environment, 'agent/PersistentVolumeClaim.deep-agents-batch.yaml', ...keys)
  expect(claim('spec')).toEqual({
    accessModes: ['ReadWriteMany'],
    storageClassName: 'shared',
    resources: { requests: { storage: '20Gi' } },
  })
  expect(claim('metadata', 'annotations')).toMatchObject({
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    // A class that waits for the first pod would hold up an earlier wave for ever.
    'argocd.argoproj.io/sync-wave': '0',
  })
  expect(rendered(environment, 'agent/ConfigMap.deep-agents-settings.yaml', 'data', 'BATCH_FOLDER')).toBe(
    '/var/lib/batch',
  )
})

test('only pods that run agents mount it, and none without the setting', () => {
  const mounting = (objects: ReturnType<typeof renderEnvironment>) =>
    objects.filter(({ text }) => text.includes('claimName: deep-agents-batch')).map(({ name }) => name)
  expect(mounting(renderEnvironment(environment))).toEqual(['deep-agents-worker'])
  expect(mounting(renderEnvironment(soundEnvironment({ batch })))).toEqual(['deep-agents'])
  expect(renderEnvironment(soundEnvironment()).filter(({ text }) => text.includes('deep-agents-batch'))).toEqual([])
})
