import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { hadal } from '../hadal.ts'
import { root } from '../repository-copy.ts'

const program = join(root, 'packages/cli/src/main.ts')
const kinds = [
  'argoproj.io_Application',
  'extensions.agents.x-k8s.io_SandboxWarmPool',
  'postgresql.cnpg.io_Pooler',
  'redis.redis.opstreelabs.in_RedisCluster',
]
const key = (kind: string) => `resource.customizations.health.${kind}`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'argocd-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const patch = (): { data: Record<string, string> } =>
  parse(execFileSync(process.execPath, [program, 'argocd', 'settings'], { encoding: 'utf8' }))

/** Argo CD's ConfigMap as kubectl prints it, after the patch, with some entries changed. */
const live = (change: Readonly<Record<string, string | undefined>> = {}, name = 'argocd-cm') =>
  stringify({
    apiVersion: 'v1',
    data: { url: 'https://argocd.example.com', ...patch().data, ...change },
    kind: 'ConfigMap',
    metadata: { name, namespace: 'argocd', resourceVersion: '1' },
  })

async function check(text: string): ReturnType<typeof hadal> {
  const file = join(folder, 'argocd-cm.yaml')
  writeFileSync(file, text)
  return hadal(folder, ['argocd', 'settings', '--check', file])
}

test('prints a patch with a health check in Lua for each kind that Argo CD does not know', () => {
  const { data } = patch()
  expect(Object.keys(data)).toEqual(kinds.map(key))
  for (const script of Object.values(data)) expect(script).toMatch(/return \w+\s*$/)
})

test('a ConfigMap after the patch is accepted, with other entries beside it', async () => {
  expect(await check(live())).toEqual({ status: 0, output: 'argocd-cm contains all health checks.\n', errors: '' })
})

test('names each health check that is missing or was changed, and exits with 1', async () => {
  const [application, , pooler] = kinds.map(key)
  const { status, output } = await check(live({ [`${application}`]: undefined, [`${pooler}`]: 'return nil' }))
  expect(status).toBe(1)
  expect(output.split('\n')).toEqual([
    `${application} is missing.`,
    `${pooler} differs from Hadal's health check.`,
    'Run "npx hadal argocd settings" and merge its output into argocd-cm.',
    '',
  ])
})

test('a ConfigMap without data lacks every health check', async () => {
  const { status, output } = await check('kind: ConfigMap\nmetadata: { name: argocd-cm }\n')
  expect(status).toBe(1)
  expect(output.match(/is missing/g)).toHaveLength(kinds.length)
})

test('reads standard input', () => {
  const { status, stdout } = spawnSync(process.execPath, [program, 'argocd', 'settings', '--check', '-'], {
    input: live(),
    encoding: 'utf8',
  })
  expect([status, stdout]).toEqual([0, 'argocd-cm contains all health checks.\n'])
})

test.each<[string, () => string]>([
  ['another ConfigMap', () => live({}, 'argocd-rbac-cm')],
  ['another kind', () => 'kind: Secret\nmetadata: { name: argocd-cm }\n'],
  ['text that is not YAML', () => '{'],
  ['an empty file', () => ''],
])('rejects %s with 2, and says which one is needed', async (_what, text) => {
  const { status, errors } = await check(text())
  expect(status).toBe(2)
  expect(errors).toContain('Pass the output of "kubectl -n argocd get configmap argocd-cm -o yaml".')
})

test('rejects a file that does not exist with 2', async () => {
  const { status, errors } = await hadal(folder, ['argocd', 'settings', '--check', 'none.yaml'])
  expect(status).toBe(2)
  expect(errors).toContain("Can't read none.yaml: ENOENT")
})
