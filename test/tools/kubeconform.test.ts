import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownKinds } from '@hadal/charts/schemas/own-kinds'
import { kubernetesVersions } from '@hadal/platform/schema/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTool } from '../cluster/tools/build.ts'
import { root } from '../repository-copy.ts'
import { customLocation, kubernetesLocation, writeKubeconformSchemas } from './kubeconform-schemas.ts'
import { type RenderedSet, renderedSets } from './rendered-sets.ts'

interface Report {
  readonly resources: readonly { readonly filename: string; readonly status: string; readonly msg: string }[]
  readonly summary: {
    readonly valid: number
    readonly invalid: number
    readonly errors: number
    readonly skipped: number
  }
}

const folder = mkdtempSync(join(tmpdir(), 'kubeconform-'))
let binary: string
let sets: readonly RenderedSet[]

// The first build takes a minute, and so does the first download of four Kubernetes releases.
beforeAll(async () => {
  binary = (await buildTool('kubeconform')).binary('kubeconform')
  writeKubeconformSchemas(join(folder, 'schemas'))
  sets = await renderedSets(join(folder, 'sets'))
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true }))

function kubeconform(version: string, paths: readonly string[]): Promise<Report> {
  const schemas = join(folder, 'schemas')
  const args = ['-strict', '-summary', '-output', 'json', '-kubernetes-version', `${version}.0`]
  const locations = ['-schema-location', kubernetesLocation(schemas), '-schema-location', customLocation(schemas)]
  return new Promise((resolve, reject) => {
    // kubeconform exits with 1 if an object is invalid. It is in its report.
    execFile(binary, [...args, ...locations, ...paths], { maxBuffer: 1e8, timeout: 60_000 }, (error, out, errors) => {
      if (out === '') reject(error ?? new Error(errors))
      else resolve(JSON.parse(out))
    })
  })
}

const environments = readdirSync(join(root, 'environments')).filter((name) => !name.startsWith('.'))
const folders = environments.map((name) => join(root, 'environments', name, 'manifests'))
const files = folders.flatMap((path) =>
  readdirSync(path, { recursive: true }).filter((file) => String(file).endsWith('.yaml')),
)

test.each(kubernetesVersions)(
  'kubeconform accepts every committed manifest on Kubernetes %s, and skips none',
  async (version) => {
    const { resources, summary } = await kubeconform(version, folders)
    expect(resources.filter(({ status }) => status !== 'statusValid')).toEqual([])
    expect(summary).toEqual({ valid: files.length, invalid: 0, errors: 0, skipped: 0 })
    process.stdout.write(`kubeconform ${version}: ${summary.valid} valid; schemas of our own: ${ownKinds.join(', ')}\n`)
  },
)

test.each(kubernetesVersions)('kubeconform accepts every pair of options on Kubernetes %s', async (version) => {
  const { resources, summary } = await kubeconform(version, [join(folder, 'sets')])
  expect(resources.filter(({ status }) => status !== 'statusValid')).toEqual([])
  const valid = sets.reduce((all, { objects }) => all + objects.length, 0)
  expect(summary).toEqual({ valid, invalid: 0, errors: 0, skipped: 0 })
})

test.each([
  [
    'an unknown field',
    'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {selektor: {a: b}}\n',
    'statusInvalid',
  ],
  [
    'a wrong type',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: three}\n',
    'statusInvalid',
  ],
  ['an unknown kind', 'apiVersion: v1\nkind: Servise\nmetadata: {name: x}\n', 'statusError'],
  [
    'a custom resource with an unknown field',
    'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: x}\nspec: {destination: []}\n',
    'statusInvalid',
  ],
])('kubeconform rejects %s', async (_what, text, status) => {
  const file = join(folder, 'broken.yaml')
  writeFileSync(file, text)
  const { resources } = await kubeconform('1.37', [file])
  expect(resources).toMatchObject([{ status }])
})
