import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useLoopbackServer } from '../fixtures/use-loopback-server.ts'
import type { OperatorPin } from './operator-pins.ts'
import { checksumOf, pinnedManifests } from './pinned-manifests.ts'

const text = 'kind: ConfigMap\n'
const sha256 = checksumOf(Buffer.from(text))
let answers: string | undefined
let requested: (string | undefined)[] = []
const address = useLoopbackServer(({ url }, response) => {
  requested.push(url)
  if (answers === undefined) response.writeHead(404).end()
  else response.end(answers)
})
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hadal-pins-'))
  mkdirSync(join(root, 'cache'))
  requested = []
  answers = text
})
afterEach(() => rmSync(root, { recursive: true }))

const manifests = (change: Partial<OperatorPin> = {}) =>
  pinnedManifests(
    'keda',
    {
      project: 'kedacore/keda',
      version: '2.21.0',
      sha256,
      from: `${address()}/v{version}/keda-{version}.yaml`,
      ...change,
    },
    { root, cache: join(root, 'cache') },
  )

test('downloads manifests once, from the address of the version, and verifies their checksum', async () => {
  expect(await manifests()).toBe(text)
  expect(await manifests()).toBe(text)
  expect(requested).toEqual(['/v2.21.0/keda-2.21.0.yaml'])
})

test('rejects manifests with another checksum and does not cache them', async () => {
  answers = `${text}# and more\n`
  await expect(manifests()).rejects.toThrow(
    /contains keda 2\.21\.0 with the checksum [0-9a-f]{64}, but infra\/operators\.json requires .+Nothing was installed/,
  )
  expect(readdirSync(join(root, 'cache'))).toEqual([])
})

test('downloads manifests again if their cached file was changed', async () => {
  await manifests()
  for (const file of readdirSync(join(root, 'cache'))) writeFileSync(join(root, 'cache', file), 'something else')
  expect(await manifests()).toBe(text)
  expect(requested).toHaveLength(2)
})

test('reads manifests from a path in the repository, and rejects a change that was not pinned', async () => {
  writeFileSync(join(root, 'keda.yaml'), text)
  expect(await manifests({ from: 'keda.yaml' })).toBe(text)
  rmSync(join(root, 'cache'), { recursive: true })
  writeFileSync(join(root, 'keda.yaml'), `${text}# changed\n`)
  await expect(manifests({ from: 'keda.yaml' })).rejects.toThrow(
    /^keda\.yaml contains keda 2\.21\.0 with the checksum .+ run "npx hadal operators pin keda"/,
  )
})

test('downloads nothing for an operator that is not pinned, and says how to pin it', async () => {
  await expect(manifests({ sha256: null })).rejects.toThrow(
    'keda 2.21.0 is not pinned, so it is not installed. Run "npx hadal operators pin keda", review infra/operators.json',
  )
  expect(requested).toEqual([])
})

test('reports a failed download with its address and status', async () => {
  answers = undefined
  await expect(manifests()).rejects.toThrow(/\/v2\.21\.0\/keda-2\.21\.0\.yaml returned status 404\./)
})
