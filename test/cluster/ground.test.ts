import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { allowedKinds } from '@hadal/charts/components/argocd'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { connect } from './ground/deployed.ts'
import { Parts } from './ground/parts.ts'
import { waitUntil } from './ground/wait-until.ts'

const { cluster, repository } = connect()

test("what Argo CD reads here are the committed manifests, byte for byte, but for the repository's own address", async () => {
  for (const { name, repository: own } of await loadEnvironments(root)) {
    const folder = manifestsFolder(name)
    const committed = filesIn(join(root, folder)).map(([path, text]) => [
      path,
      text.replaceAll(own.url, repository.url),
    ])
    expect(committed.length).toBeGreaterThan(0)
    const read = filesIn(join(root, folder)).map(([path]) => [
      path,
      repository.git('show', `${repository.base}:${folder}/${path}`),
    ])
    expect(read).toEqual(committed.map(([path, text]) => [path, text?.trimEnd()]))
    const listed = repository.git('ls-tree', '-r', '--name-only', repository.base, '--', folder).split('\n')
    expect(listed).toHaveLength(committed.length)
  }
})

test('the ground serves every kind that a project of ours allows', async () => {
  const { groups } = await cluster.request<{ groups: Group[] }>('GET', '/apis')
  const missing = []
  for (const { group, kind } of allowedKinds) {
    const versions = group === '' ? ['api/v1'] : (groups.find(({ name }) => name === group)?.versions.map(rootOf) ?? [])
    const lists = versions.map((root) => cluster.request<{ resources: { kind: string }[] }>('GET', `/${root}`))
    const served = (await Promise.all(lists)).flatMap(({ resources }) => resources.map((resource) => resource.kind))
    if (!served.includes(kind)) missing.push(`${group}/${kind}`)
  }
  expect(missing).toEqual([])
})
interface Group {
  readonly name: string
  readonly versions: readonly { readonly groupVersion: string }[]
}
const rootOf = ({ groupVersion }: Group['versions'][number]): string => `apis/${groupVersion}`

test('nothing that a ground started outlives it, even when its own process is killed by a signal that nobody can catch', async () => {
  const starter = spawn(process.execPath, [join(import.meta.dirname, 'ground/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { folder, pids } = await new Promise<{ folder: string; pids: number[] }>((resolve, reject) => {
    starter.stdout.setEncoding('utf8').once('data', (line: string) => resolve(JSON.parse(line)))
    starter.once('exit', (code) => reject(new Error(`It ended with status ${code}.`)))
  })
  expect(pids.length).toBeGreaterThan(5)
  expect(pids.filter(lives)).toEqual(pids)
  expect(existsSync(folder)).toBe(true)

  starter.removeAllListeners('exit').kill('SIGKILL')
  await waitUntil('every part to be gone', () => pids.filter(lives).length === 0, {
    within: 10,
    state: () => pids.filter(lives),
  })
  await waitUntil('its folder to be gone', () => !existsSync(folder), { within: 10 })
})

test('a part that does not come up is named, with the end of its log', async () => {
  const parts = new Parts()
  const script = 'console.error("no room on the disk"); process.exit(3)'
  const failed = parts.start('kube-something', process.execPath, ['-e', script], { ready: async () => false })
  await expect(failed).rejects.toThrow(
    /ground's kube-something did not come up: it ended with status 3\.[\s\S]*no room on the disk/,
  )
  await parts.stop()
  expect(existsSync(parts.folder)).toBe(false)
})

test('a part that never becomes ready is given up after its time', async () => {
  const parts = new Parts()
  const failed = parts.start('kube-sleeper', process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], {
    ready: async () => false,
    within: 1,
  })
  await expect(failed).rejects.toThrow("The ground's kube-sleeper did not come up: it was not ready within 1 s")
  const [pid] = parts.pids.values()
  await parts.stop()
  expect(pid === undefined || lives(pid)).toBe(false)
})

function filesIn(folder: string): [path: string, text: string][] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'))
  return paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')])
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
