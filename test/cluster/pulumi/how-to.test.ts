import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { rootApplication } from '@hadal/infra/argo-cd/root-application'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { argocdNames, postgresNames } from '@hadal/platform/names'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CheckoutCopy, checkoutCopy } from '../../checkout-copy.ts'
import { root } from '../../repository-copy.ts'
import { applicationKind, applicationsOf, summary, waitForSync } from '../ground/applications.ts'
import { argocdNamespace } from '../ground/argo-cd.ts'
import { Cluster, type KubernetesObject } from '../ground/cluster.ts'
import { type Ground, startGround } from '../ground/ground.ts'
import { buildTool } from '../tools/build.ts'
import { configurationOf, type Engine, moduleRelease, pins, releaseFiles, startEngine } from './engine.ts'

/*
 * Follows docs/how-to/from-an-empty-cluster.md as it is written: every `sh` block is run in a copy of the checkout, in their order, against a
 * proving ground in which no environment was ever made.
 */

const page = readFileSync(join(root, 'docs/how-to/from-an-empty-cluster.md'), 'utf8')
/** Returns the text of the `sh` blocks of the page from one heading to another, as pasted into one terminal. */
function commands(from: string, to?: string): string {
  const start = page.indexOf(from)
  const end = to === undefined ? undefined : page.indexOf(to)
  if (start < 0 || end === -1) throw new Error(`The page has no "${from}" or no "${to}" any more.`)
  return [...page.slice(start, end).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text).join('')
}

const key = 'value of the key of a provider'
let copy: CheckoutCopy
let engine: Engine
let ground: Ground
let cluster: Cluster
let kubectl: string
let environments: readonly Environment[] = []
const named = (name: string): Environment => {
  const found = environments.find((environment) => environment.name === name)
  if (!found) throw new Error(`There is no environment "${name}".`)
  return found
}

beforeAll(async () => {
  ground = await startGround()
  cluster = new Cluster(ground.access)
  engine = await startEngine(ground.access)
  kubectl = (await buildTool('kubectl')).binary('kubectl')
  copy = checkoutCopy()
  await publish(join(ground.folder, 'origin.git'))
  environments = await loadEnvironments(copy.folder)
  process.stdout.write(
    "Pulumi's command and engine are real, and so are kubectl, the API server and Argo CD; Node programs are started by a small language host of these tests, not by pulumi-language-nodejs, and the providers were recorded, not real: Kubernetes' objects were applied by the tests.\n",
  )
  writeLanguageHost(join(copy.folder, '.hadal/bin'))
  fillReleaseCache(join(copy.folder, 'infra/node_modules/.cache/releases'))
})
afterAll(async () => {
  cluster?.close()
  engine?.stop()
  await ground?.stop()
  copy?.remove()
})

/** Publishes the copy as a Git repository that Argo CD can read, with its own address, as a team does once. */
async function publish(bare: string): Promise<void> {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  for (const name of ['dev', 'prod', 'staging']) {
    const config = join(copy.folder, 'environments', name, 'config.ts')
    writeFileSync(config, readFileSync(config, 'utf8').replace(/(repository: \{\s*url: )'[^']+'/, `$1'file://${bare}'`))
  }
  await shell('hadal render')
  copy.git('add', '--all')
  copy.git('commit', '--quiet', '--message', 'Our own address')
  copy.git('push', '--quiet', bare, 'main')
}

/** Writes the program `pulumi-language-nodejs`, which the engine looks for on PATH. */
function writeLanguageHost(bin: string): void {
  mkdirSync(bin, { recursive: true })
  const file = join(bin, 'pulumi-language-nodejs')
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'language-host.ts')}" "$@"\n`)
  chmodSync(file, 0o755)
}

/** Fills the cache of releases, which a user's first run downloads. These tests can't download them. */
function fillReleaseCache(cache: string): void {
  mkdirSync(cache, { recursive: true })
  for (const release of releaseFiles)
    writeFileSync(join(cache, `${release.name}-${pins[release.name].sha256}.yaml`), moduleRelease(release))
}

const variables = (): NodeJS.ProcessEnv => ({
  ...copy.environment,
  ...engine.variables,
  PATH: [join(copy.folder, '.hadal/bin'), dirname(engine.binary), dirname(kubectl), copy.environment.PATH].join(
    delimiter,
  ),
  KUBECONFIG: join(ground.folder, 'kubeconfig'),
  ANTHROPIC_API_KEY: key,
  // The engine writes its whole state before and after each resource. With megabytes of custom kinds that takes minutes.
  PULUMI_EXPERIMENTAL: 'true',
  PULUMI_SKIP_CHECKPOINTS: 'true',
})

/** Runs a shell script. It is asynchronous, because the simulated operators run in this process and must continue to answer. */
async function shell(script: string, cwd = copy.folder): Promise<string> {
  const options = { cwd, env: variables(), maxBuffer: 64 * 1024 * 1024 }
  try {
    return (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], options)).stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`This failed:\n${script}\n${stdout.slice(-3_000)}\n${stderr.slice(-3_000)}`)
  }
}
const infra = (): string => join(copy.folder, 'infra')
const applied = (): unknown[] => engine.providers.recordings('kubernetes').map(({ properties }) => properties)
const kindsApplied = (): unknown[] => engine.providers.recordings('kubernetes').map(({ properties }) => properties.kind)

describe('the page', { timeout: 600_000 }, () => {
  test('leads from an empty cluster to an environment that is Synced and Healthy', async () => {
    const said = await shell(commands('## Prerequisites', '## Rotate passwords'))
    expect(said).toMatch(/\+ \d+ created/)
    expect(said).not.toContain(key)
    // The published manifests of Argo CD and prometheus-operator.
    const kinds = kindsApplied()
    expect(kinds.filter((kind) => kind === 'CustomResourceDefinition')).toHaveLength(3 + 10)
    expect(kinds.filter((kind) => kind === 'Deployment')).toHaveLength(6 + 1)
    expect(applied()).toContainEqual(expect.objectContaining({ spec: rootApplication(named('dev')).spec }))
    const applications = await applicationsOf(cluster, named('dev'))
    expect(applications.length).toBeGreaterThan(1)
    expect(
      applications.map(({ metadata, status }) => [metadata.name, status?.sync?.status, status?.health?.status]),
    ).toEqual(applications.map(({ metadata }) => [metadata.name, 'Synced', 'Healthy']))
    // The last `kubectl get` of the how-to.
    for (const { metadata } of applications.filter(({ metadata }) => metadata.name !== argocdNames.root(named('dev'))))
      expect(said).toMatch(new RegExp(`^${metadata.name} +Synced +Healthy`, 'm'))
  })

  test('leaves ciphertext in the stack file where a secret was set', () => {
    const text = readFileSync(join(infra(), 'Pulumi.dev.yaml'), 'utf8')
    expect(text).toMatch(/hadal:llm-credentials\/anthropic-key:\s+secure: /)
    expect(text).not.toContain(key)
    expect(engine.state()).not.toContain(key)
  })

  test.each(['staging', 'prod'])('leads to %s in the same way, under its own name', async (name) => {
    const settings = configurationOf(named(name)).map(
      ({ key, value, secret }) => `pulumi config set ${secret ? '--secret' : ''} 'hadal:${key}' '${value}'`,
    )
    await shell([`pulumi stack init ${name}`, ...settings, 'pulumi up --yes'].join('\n'), infra())
    const waited = await shell(
      commands('## Create the environment', '## Rotate passwords')
        .split('\n')
        .filter((line) => line.startsWith('kubectl'))
        .join('\n')
        .replaceAll('dev', name),
    )
    expect(waited).toContain('condition met')
    await waitForSync(cluster, named(name), copy.git('rev-parse', 'HEAD').trim())
    await shell('pulumi stack select dev', infra())
  })

  test('makes new passwords, and pods that read them', async () => {
    const namespace = named('dev').namespace
    const secret = async () =>
      await cluster.get<KubernetesObject & { data?: object }>('v1/Secret', 'db-credentials', namespace)
    const pods = async () =>
      (await cluster.list('v1/Pod', namespace, 'app.kubernetes.io/component=server')).map(
        ({ metadata }) => metadata.uid,
      )
    const before = { secret: (await secret())?.data, pods: await pods() }
    await shell(commands('## Rotate passwords', '## Remove the environment'), infra())
    expect((await secret())?.data).not.toEqual(before.secret)
    expect((await pods()).filter((uid) => before.pods.includes(uid))).toEqual([])
  })

  test('leads back: the Applications take what they made along, but not what holds data, and destroy takes the rest', async () => {
    const { namespace } = named('dev')
    const [rest = '', destroy = ''] = commands('## Remove the environment').split(/(?=^pulumi destroy)/m)
    await shell(rest, infra())
    expect((await applicationsOf(cluster, named('dev'))).map(summary)).toEqual([])
    expect(await cluster.get('apps/v1/StatefulSet', postgresNames.cluster, namespace)).toBeDefined()
    expect(await cluster.list('apps/v1/Deployment', namespace)).toEqual([])

    expect(await shell(destroy, infra())).toMatch(/- \d+ deleted/)
    expect(
      new Set(kindsApplied().filter((kind) => kind !== 'Secret' && kind !== 'Namespace' && kind !== 'Application')),
    ).toEqual(new Set(['CustomResourceDefinition']))
    expect(await cluster.get(applicationKind, argocdNames.root(named('dev')), argocdNamespace)).toBeUndefined()
    expect(readFileSync(join(copy.folder, 'dev.stack.json'), 'utf8')).not.toContain(key)
  })
})

test('a stack that has no environment is refused with a sentence', async () => {
  await shell('pulumi stack init dve', infra())
  const refused = await shell('pulumi preview --stack dve --non-interactive', infra()).catch(String)
  await shell('pulumi stack rm dve --yes', infra())
  expect(refused).toContain('Unknown environment. Known environments: dev, prod, staging. Write "dev" if that is meant')
  expect(refused).not.toContain('    at ')
})
