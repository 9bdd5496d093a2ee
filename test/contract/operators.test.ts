import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { soundInput } from '@hadal/platform/fixtures/example-environment'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hadal } from '../hadal.ts'
import { repositoryCopy } from '../repository-copy.ts'
import { writeEnvironment } from '../write-environment.ts'

let copy: ReturnType<typeof repositoryCopy>
beforeEach(() => {
  copy = repositoryCopy()
})
afterEach(() => copy.remove())

const pinsFile = () => join(copy.folder, 'infra/operators.json')
const pins = () => JSON.parse(readFileSync(pinsFile(), 'utf8'))

/** Adds the environment `managed`, whose stack installs KEDA. */
const addManaged = (): void =>
  writeEnvironment(copy.folder, {
    ...soundInput,
    name: 'managed',
    namespace: 'hadal-managed',
    cluster: { name: 'managed', operators: 'managed' },
    agent: { topology: 'together', all: { autoscaling: { kind: 'queue' } } },
  })

const setPin = (name: string, change: object): void =>
  writeFileSync(pinsFile(), JSON.stringify({ ...pins(), [name]: { ...pins()[name], ...change } }, null, 2))

test('render names the operator that the stack of an environment installs and that is not pinned', async () => {
  addManaged()
  setPin('keda', { sha256: null })
  const version = pins().keda.version
  const sentence = `managed: its stack can't install keda ${version}, which is not pinned. Run "npx hadal operators pin keda".`
  const unpinned = await hadal(copy.folder, ['render', 'managed'])
  expect(unpinned).toMatchObject({ status: 0, errors: '' })
  expect(unpinned.output).toContain(sentence)
  setPin('keda', { sha256: 'a'.repeat(64) })
  expect((await hadal(copy.folder, ['render', 'managed'])).output).not.toContain('keda')
})

test('hadal operators lists what is pinned, which environments install it, and the commands for the rest', async () => {
  addManaged()
  setPin('keda', { sha256: null, version: '9.8.7', from: 'https://files.example.com/keda-{version}.yaml' })
  setPin('argo-cd', { sha256: 'a'.repeat(64) })
  const { status, output } = await hadal(copy.folder, ['operators'])
  expect(status).toBe(0)
  expect(output).toMatch(/^argo-cd +\S+ +pinned +installed by .*\bmanaged\b/m)
  expect(output).toMatch(/^keda +\S+ +not pinned +installed by .*\bmanaged\b/m)
  expect(output).toContain('  npx hadal operators pin keda  (https://files.example.com/keda-9.8.7.yaml)\n')
})

test('hadal operators pin pins a file of this repository, and reports an error without a stack trace', async () => {
  const path = 'infra/operators/keda.yaml'
  mkdirSync(join(copy.folder, 'infra/operators'), { recursive: true })
  writeFileSync(
    join(copy.folder, path),
    `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: scaledobjects.keda.sh }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: keda }
spec: { template: { spec: { containers: [{ name: keda, image: "registry.example.com/keda:9.8.7" }] } } }
`,
  )
  const pinned = await hadal(copy.folder, ['operators', 'pin', 'keda', '--version', '9.8.7', '--from', path])
  expect(pinned).toMatchObject({ status: 0, errors: '' })
  expect(pinned.output).toContain('  image   registry.example.com/keda:9.8.7')
  expect(pins().keda).toMatchObject({ version: '9.8.7', from: path })
  appendFileSync(join(copy.folder, path), '---\nnot: an object\n')
  const { status, errors } = await hadal(copy.folder, ['operators', 'pin', 'keda'])
  expect(status).toBe(1)
  expect(errors).toMatch(
    /^hadal: infra\/operators\/keda\.yaml contains a document that is not a Kubernetes object.+\n$/,
  )
})
