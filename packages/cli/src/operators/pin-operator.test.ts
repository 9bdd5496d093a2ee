import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { useLoopbackServer } from '@hadal/platform/fixtures/use-loopback-server'
import { pinnedNames } from '@hadal/platform/operators/operator-pins'
import { checksumOf, pinnedManifests } from '@hadal/platform/operators/pinned-manifests'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { operatorManifests } from './fixtures/operator-manifests.ts'
import { pinOperator } from './pin-operator.ts'

const keda = (version: string): string => operatorManifests('keda.sh', `registry.example.com/keda:${version}`, version)

/** Bodies of the test's server, by path. Other paths are not found. */
let files: Record<string, string | Buffer>
const host = useLoopbackServer(({ url = '' }, response) => {
  const file = files[url]
  if (file === undefined) response.writeHead(404).end()
  else response.end(file)
})
let root = ''

const file = 'infra/operators.json'
const recorded = () => ({
  project: 'kedacore/keda',
  version: '2.21.0',
  sha256: null,
  from: `${host()}/v{version}.yaml`,
})
const pins = () => JSON.parse(readFileSync(join(root, file), 'utf8'))
const record = (change: object): void =>
  writeFileSync(join(root, file), JSON.stringify({ ...pins(), keda: { ...recorded(), ...change } }))

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hadal-pin-'))
  mkdirSync(join(root, 'infra/operators'), { recursive: true })
  writeFileSync(join(root, file), JSON.stringify(Object.fromEntries(pinnedNames.map((name) => [name, recorded()]))))
  files = { '/v2.21.0.yaml': keda('2.21.0'), '/v2.22.0.yaml': keda('2.22.0') }
})
afterEach(() => rmSync(root, { recursive: true }))

async function run(name: string, options: { version?: string; from?: string } = {}): Promise<string[]> {
  const lines: string[] = []
  const { version, from } = options
  await pinOperator({ root, name, version, from, write: (line) => void lines.push(line) })
  return lines
}

test('records the checksum of the recorded version, and shows what the manifests contain', async () => {
  const sha256 = checksumOf(Buffer.from(keda('2.21.0')))
  expect(await run('keda')).toEqual([
    'keda 2.21.0',
    `  from    ${host()}/v2.21.0.yaml`,
    `  sha256  ${sha256}`,
    `  size    ${keda('2.21.0').length} bytes`,
    '  kinds   1 CustomResourceDefinition, 1 Deployment, 1 Namespace',
    '  image   registry.example.com/keda:2.21.0',
    '  image   registry.example.com/prepare:1',
    '  image   registry.example.com/init:3, for pods that the operator creates',
    '  image   registry.example.com/reloader:2, for pods that the operator creates',
    'infra/operators.json is updated. Compare the checksum and the images with what kedacore/keda published, review the difference and commit it.',
  ])
  expect(pins().keda).toEqual({ ...recorded(), sha256 })
  expect(pins()['cert-manager']).toEqual(recorded())
})

test('the stack then installs exactly the bytes that were pinned', async () => {
  await run('keda')
  const cache = join(root, 'cache')
  expect(await pinnedManifests('keda', pins().keda, { root, cache })).toBe(keda('2.21.0'))
  rmSync(cache, { recursive: true })
  files['/v2.21.0.yaml'] = `${keda('2.21.0')}# changed\n`
  await expect(pinnedManifests('keda', pins().keda, { root, cache })).rejects.toThrow('Nothing was installed')
})

test('pins another version from the same place', async () => {
  await run('keda', { version: 'v2.22.0' })
  expect(pins().keda).toMatchObject({ version: '2.22.0', from: `${host()}/v{version}.yaml` })
  expect(pins().keda.sha256).toBe(checksumOf(Buffer.from(keda('2.22.0'))))
})

test('pins from an address of the team, with the version of the manifests', async () => {
  files['/mirror/keda-2.22.0.yaml'] = keda('2.22.0')
  await run('keda', { from: `${host()}/mirror/keda-2.22.0.yaml` })
  expect(pins().keda).toMatchObject({ version: '2.22.0', from: `${host()}/mirror/keda-{version}.yaml` })
})

test('pins from a path, and records it relative to the repository', async () => {
  writeFileSync(join(root, 'infra/operators/keda.yaml'), keda('2.22.0'))
  await run('keda', { from: join(root, 'infra/operators/keda.yaml') })
  expect(pins().keda).toMatchObject({ version: '2.22.0', from: 'infra/operators/keda.yaml' })
})

test('pins the redis-operator only with the feature gate that its Redis pods need', async () => {
  const path = 'infra/operators/redis-operator.yaml'
  const image = 'registry.example.com/redis-operator:v0.26.0'
  const options = { from: path, version: '0.26.0' }
  writeFileSync(join(root, path), operatorManifests('redis.redis.opstreelabs.in', image))
  await expect(run('redis-operator', options)).rejects.toThrow(/does not switch on the feature gate.+"helm template/)
  const gates = 'GenerateConfigInInitContainer=true'
  writeFileSync(join(root, path), operatorManifests('redis.redis.opstreelabs.in', image, undefined, gates))
  await run('redis-operator', options)
  expect(pins()['redis-operator']).toMatchObject({ version: '0.26.0', from: path })
})

test('warns if the file of a version changed since it was pinned', async () => {
  record({ sha256: 'a'.repeat(64) })
  expect((await run('keda')).join('\n')).toContain(
    `Attention: keda 2.21.0 was pinned with the checksum ${'a'.repeat(64)}. A released version should never change.`,
  )
})

describe('an error says what to do, and nothing is written', () => {
  test.each<[what: string, body: string | Buffer, sentence: RegExp]>([
    ['an HTML page', '<html></html>', /^keda is not pinned\. .+ is an HTML or XML page/],
    ['a Helm chart', gzipSync('Chart.yaml'), /is a gzip archive, such as a Helm chart.+"helm template <release>/],
    ['invalid YAML', 'kind: [', /v2\.21\.0\.yaml is not valid YAML: .+ Check that the file is complete\.$/],
    ['plain text', 'Not here.', /contains a document that is not a Kubernetes object/],
    ['comments only', '# nothing\n', /contains no Kubernetes objects\./],
    [
      'another operator',
      operatorManifests('cert-manager.io', 'a:2.21.0'),
      /no CustomResourceDefinition of the group keda\.sh/,
    ],
    [
      'definitions without a workload',
      keda('2.21.0').replace(/---\napiVersion: apps[\s\S]*/, ''),
      /contains no Deployment/,
    ],
    [
      'another build',
      operatorManifests('keda.sh', 'registry.example.com/keda-testing:main'),
      /not those of version 2\.21\.0: their images are registry\.example\.com\/keda-testing:main, .+ Name the version/,
    ],
    ['another version', keda('2.20.0'), /not those of version 2\.21\.0/],
  ])('%s', async (_what, body, sentence) => {
    files['/v2.21.0.yaml'] = body
    const before = pins()
    await expect(run('keda')).rejects.toThrow(sentence)
    expect(pins()).toEqual(before)
  })

  test.each<[name: string, options: { version?: string; from?: string }, sentence: RegExp]>([
    ['kda', {}, /^Unknown operator: "kda"\. Write "keda" if that is meant\. Known names: argo-cd, /],
    ['keda', { version: '9.9.9' }, /v9\.9\.9\.yaml returned status 404\. Check the version/],
    ['keda', { from: '/etc/hostname' }, /^keda is not pinned\. \/etc\/hostname is not a file in this repository\./],
    [
      'redis-operator',
      { from: 'infra/operators/redis-operator.yaml' },
      /does not exist.+"helm template redis-operator/,
    ],
  ])('%s %j', async (name, options, sentence) => {
    const before = pins()
    await expect(run(name, options)).rejects.toThrow(sentence)
    expect(pins()).toEqual(before)
  })
})
