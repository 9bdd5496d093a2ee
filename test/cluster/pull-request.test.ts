import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { hadal } from '../hadal.ts'
import { waitForSync } from './ground/applications.ts'
import { type KubernetesObject, kindOf } from './ground/cluster.ts'
import { connect, deployed } from './ground/deployed.ts'
import { withoutBooks } from './ground/live-objects.ts'
import { imageOf, isDraining, podsOf } from './ground/pods.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
let staging: Environment
beforeAll(async () => {
  staging = await deployed(ground, 'staging')
})

const digest = `sha256:${'ab'.repeat(32)}`

test('a pull request changes nothing before it is merged, and afterwards the cluster equals it', async () => {
  repository.git('checkout', '--quiet', '-B', 'more-pods')
  edit('environments/staging/config.ts', /\bpods: \d+/, `pods: ${staging.quota.pods + 1}`)
  edit('environments/staging/release.json', /sha256:[0-9a-f]{64}/, digest)
  expect(await hadal(repository.folder, ['render', 'staging'])).toMatchObject({ status: 0, errors: '' })
  repository.commit('More pods, and the next image')
  await waitForSync(cluster, staging, repository.git('rev-parse', 'origin/main'))
  expect(await pods()).toBe(String(staging.quota.pods))

  repository.git('checkout', '--quiet', 'main')
  repository.git('merge', '--quiet', '--no-ff', '--message', 'Merge more-pods', 'more-pods')
  await waitForSync(cluster, staging, repository.commit(''))
  expect(await pods()).toBe(String(staging.quota.pods + 1))
  // The autoscaler decides the number of ready pods. This test checks that each of them has the new image.
  await waitUntil(
    'every pod that serves to have the new image',
    async () => {
      const serving = await images()
      return serving.length > 0 && serving.every((image) => image.includes(digest))
    },
    { state: images },
  )
  await waitUntil('the cluster to equal the manifests', async () => {
    await expectClusterToEqual('environments/staging/manifests')
    return true
  })
})

const pods = async () =>
  (await cluster.get<Quota>('v1/ResourceQuota', agentNames.quota, staging.namespace))?.spec.hard.pods
interface Quota extends KubernetesObject {
  readonly spec: { readonly hard: Readonly<Record<string, string>> }
}

const images = async () =>
  (await podsOf(cluster, staging.namespace, 'server')).filter((pod) => !isDraining(pod)).map(imageOf)

/** Expects that applying the manifests again would change nothing, by the API server's own comparison (dry run). */
async function expectClusterToEqual(folder: string): Promise<void> {
  const files = readdirSync(join(repository.folder, folder), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.yaml'))) {
    const manifest: KubernetesObject = parse(repository.read(`${folder}/${file}`))
    const live = await cluster.get(kindOf(manifest), manifest.metadata.name, manifest.metadata.namespace)
    const applied = await cluster.apply(manifest, 'comparison', 'All')
    expect(withoutBooks(applied), file).toEqual(withoutBooks(live))
  }
}

function edit(path: string, what: RegExp, becomes: string): void {
  const before = repository.read(path)
  const after = before.replace(what, becomes)
  expect(after, `${path} has ${what}`).not.toBe(before)
  repository.write(path, after)
}
