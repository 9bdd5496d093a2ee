import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { rootApplication } from '@hadal/infra/argo-cd/root-application'
import { namespaceOf } from '@hadal/infra/namespace'
import { installRelease } from '@hadal/infra/operators/install-release'
import type { KubernetesObject } from '@hadal/infra/operators/release-objects'
import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironment, loadEnvironments } from '@hadal/platform/load-environment'
import { checksumOf } from '@hadal/platform/operators/pinned-manifests'
import { CustomResource } from '@pulumi/pulumi'
import type { Stack } from '@pulumi/pulumi/automation/index.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../repository-copy.ts'
import {
  configurationOf,
  type Engine,
  moduleRelease,
  pins,
  realProviders,
  releaseFiles,
  stackOf,
  startEngine,
} from './engine.ts'
import type { Recording } from './recording-provider.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
  const found = realProviders()
  process.stdout.write(
    `Pulumi's engine is real; the providers of kubernetes, postgresql, random and minio were recorded, not real: they wrote down what the engine asked for and made nothing.${
      found.length > 0 ? ` (On PATH, but not used by these tests: ${found.join(', ')}.)` : ''
    }\n`,
  )
})
afterAll(() => engine?.stop())

const environments = await loadEnvironments(root)
const dev = await loadEnvironment(root, 'dev')
/** Environment that uses every kind of resource that the Pulumi program creates and that the checkout's environments lack; it is protected. */
const everything = defineEnvironment({
  ...dev,
  name: 'everything',
  namespace: 'hadal-everything',
  protected: true,
  development: false,
  cluster: { operators: 'present' },
  agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 2 } } },
  quota: { requests: { cpu: '20', memory: '40Gi' }, limits: { cpu: '80', memory: '80Gi' }, pods: 50 },
  postgres: { kind: 'external', host: 'db.example.com', readHost: 'read.example.com', addresses: ['192.0.2.0/28'] },
  redis: { kind: 'external', mode: 'single', host: 'redis.example.com', addresses: ['192.0.2.0/28'] },
  backup: { kind: 's3', bucket: 'backups' },
  exposure: { kind: 'internal', clientNamespaces: ['clients'] },
})

const kubernetes = (): readonly Recording[] => engine.providers.recordings('kubernetes')
const named = (name: string): Recording | undefined => kubernetes().find(({ urn }) => urn.endsWith(`::${name}`))

/** Returns all secret values: those in the configuration, and those that the program generated. No output may contain them. */
function canaries(environment: Environment): string[] {
  const configured = configurationOf(environment).flatMap(({ value, secret }) => (secret ? [value] : []))
  const made = engine.providers
    .recordings('random')
    .flatMap(({ properties }) => [properties.result, properties.base64])
    .filter((value) => typeof value === 'string')
  return [...configured, ...made]
}

describe.each([...environments, everything])('$name', (environment) => {
  let stack: Stack
  const said: string[] = []
  const onOutput = (text: string): void => void said.push(text)

  beforeAll(async () => {
    engine.providers.clear()
    stack = await stackOf(engine, environment)
  })

  test('a preview makes nothing', async () => {
    const { changeSummary } = await stack.preview({ onOutput })
    expect(Object.keys(changeSummary)).toEqual(['create'])
    expect(kubernetes()).toEqual([])
  })

  test('up makes what the pure functions say', async () => {
    const { outputs, summary } = await stack.up({ onOutput })
    expect(summary.result).toBe('succeeded')
    expect(named('environment')?.properties).toMatchObject(namespaceOf(environment))
    expect(named('root-application')?.properties).toMatchObject(rootApplication(environment))
    expect(Object.values(outputs).filter(({ secret }) => secret)).toEqual([])
  })

  test('the root Application is made after everything else', () => {
    expect(kubernetes().at(-1)?.urn).toMatch(/::root-application$/)
  })

  test('up again changes nothing', async () => {
    const { summary } = await stack.up({ onOutput })
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(['same'])
  })

  test('a refresh finds nothing changed', async () => {
    const { summary } = await stack.refresh({ onOutput })
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(['same'])
  })

  test('what somebody changed by hand is set back, and nothing else is touched', async () => {
    const { id = '', properties } = named('environment') ?? {}
    engine.providers.replace('kubernetes', id, { ...properties, metadata: { name: environment.namespace } })
    await stack.refresh({ onOutput })
    const { summary } = await stack.up({ onOutput })
    expect(summary.resourceChanges).toMatchObject({ update: 1 })
    expect(named('environment')?.properties).toMatchObject(namespaceOf(environment))
  })

  test('what somebody deleted is made again', async () => {
    engine.providers.replace('kubernetes', named('root-application')?.id ?? '')
    await stack.refresh({ onOutput })
    const { summary } = await stack.up({ onOutput })
    expect(summary.resourceChanges).toMatchObject({ create: 1 })
    expect(named('root-application')?.properties).toMatchObject(rootApplication(environment))
  })

  test('a change that fails on its way is finished by the next up, in place', async () => {
    const changed = { ...environment, repository: { ...environment.repository, revision: 'other' } }
    const other = await stackOf(engine, changed)
    engine.providers.failAt('kubernetes', 'root-application')
    await expect(other.up({ onOutput })).rejects.toThrow('asked to fail at root-application')
    engine.providers.failAt('kubernetes')
    const before = named('root-application')?.id
    const { summary } = await other.up({ onOutput })
    expect(summary.resourceChanges).toMatchObject({ update: 1 })
    expect(named('root-application')).toMatchObject({ id: before, properties: rootApplication(changed) })
  })

  test('neither the state nor what was said holds a secret in clear', () => {
    const values = canaries(environment)
    expect(values.length).toBeGreaterThan(0)
    const texts = [engine.state(), said.join('')]
    expect(texts.every((text) => text.includes(environment.namespace))).toBe(true)
    for (const value of values) for (const text of texts) expect(text.includes(value), value).toBe(false)
  })

  test('destroy takes what it may, and leaves what holds data', async () => {
    if (environment.protected) {
      await expect(stack.destroy({ onOutput })).rejects.toThrow(/protect/)
      expect(named('environment')).toBeDefined()
      execFileSync(engine.binary, ['state', 'unprotect', '--all', '--yes', '--stack', stack.name], {
        cwd: stack.workspace.workDir,
        env: { ...process.env, ...engine.variables },
      })
    }
    await stack.destroy({ onOutput })
    const left = kubernetes().map(({ urn }) => urn.split('::')[2]?.split('$').at(-1))
    const kept = [
      'kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition',
      ...(environment.protected ? ['kubernetes:core/v1:Namespace'] : []),
    ]
    expect(left.filter((type) => !kept.includes(String(type)))).toEqual([])
    expect(named('environment') !== undefined).toBe(environment.protected)
    const databases = engine.providers.recordings('postgresql').map(({ urn }) => urn.split('::')[3])
    expect(databases.sort()).toEqual(environment === everything ? ['database', 'hadal', 'owner', 'pgboss'] : [])
  })
})

describe('rotation', () => {
  beforeAll(() => engine.providers.clear())

  test('another word makes other passwords, and changes the Secrets that hold them, in place', async () => {
    const stack = await stackOf(engine, dev)
    await stack.up()
    const before = named('db-credentials')
    const other = named('redis-credentials')
    await stack.setConfig('hadal:rotation/database-password', { value: '2026-11' })
    await stack.up()
    expect(named('db-credentials')?.id).toBe(before?.id)
    expect(named('db-credentials')?.properties).not.toEqual(before?.properties)
    expect(named('redis-credentials')).toEqual(other)
    await stack.removeConfig('hadal:rotation/database-password')
    await stack.destroy()
  })
})

describe('the policy', () => {
  test('stops up before the violating resource is made', async () => {
    class Deployment extends CustomResource {}
    const stack = await stackOf(engine, dev, {
      after: () => {
        const metadata = { name: 'by-hand', namespace: dev.namespace }
        new Deployment('kubernetes:apps/v1:Deployment', 'by-hand', { metadata })
      },
    })
    await expect(stack.up()).rejects.toThrow(/Deployment "by-hand" is in "hadal-dev".+policy not-argo-cds/s)
    expect(named('by-hand')).toBeUndefined()
    await stack.destroy()
  })
})

describe('an object whose kind moves to another API version', () => {
  const widget = (version: string): readonly KubernetesObject[] => [
    { apiVersion: `example.com/${version}`, kind: 'Widget', metadata: { name: 'a', namespace: 'widgets' } },
  ]
  const up = async (version: string) =>
    (await stackOf(engine, dev, { after: () => void installRelease('it', widget(version), {}) })).up()

  test('is changed in place, and neither deleted nor created again', async () => {
    await up('v1beta1')
    const before = named('it:widgets/a')
    expect(before?.properties).toMatchObject({ apiVersion: 'example.com/v1beta1' })
    const { summary } = await up('v1')
    expect(Object.keys(summary.resourceChanges ?? {}).sort()).toEqual(['same', 'update'])
    expect(named('it:widgets/a')).toMatchObject({ id: before?.id, properties: { apiVersion: 'example.com/v1' } })
    await (await stackOf(engine, dev)).destroy()
  })
})

describe('a protected environment without a context', () => {
  test('is neither previewed nor applied, so that it never reaches the current cluster by chance', async () => {
    const stack = await stackOf(engine, everything)
    await stack.removeConfig('hadal:context')
    await expect(stack.preview()).rejects.toThrow(/hadal:context is missing.+pulumi config set hadal:context/s)
    await expect(stack.up()).rejects.toThrow(/hadal:context is missing/)
  })
})

describe('a missing value of the configuration', () => {
  test('stops preview with a sentence, and no stack of calls', async () => {
    const stack = await stackOf(engine, dev)
    await stack.removeConfig('hadal:llm-credentials/anthropic-key')
    const error = await stack.preview().then(
      () => '',
      (reason: unknown) => String(reason),
    )
    expect(error).toContain('pulumi config set --secret hadal:llm-credentials/anthropic-key')
    expect(error).not.toContain('stack-configuration.ts')
  })
})

describe('the releases as they were published', () => {
  test.each(releaseFiles)('have the recorded checksum: $name', (release) => {
    expect(pins[release.name].sha256).toBe(checksumOf(moduleRelease(release)))
  })
})
