// Builds the Go tools of the cluster tier into a cache outside the checkout, which all checkouts with the same pinned versions share.
//
//   node test/cluster/tools/build.ts [tool…]     builds the named tools, or all
//
// Exit status: 0 all tools are built; 1 a build failed; 2 unknown tool; 3 Go is missing or too old, so that the tier counts as not run.

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

interface Tool {
  /** The Go module whose version in the tool's go.mod is the version of the tool. */
  readonly module: string
  /** The package that `go build` compiles in the tool's folder; `.` is our own main.go. */
  readonly package: string
  /**
   * Linker flags in addition to `-s -w`. `{version}` is replaced by e.g. `v1.37.2`, `{number}` by `1.37.2`, `{major}` and `{minor}` by its
   * first two parts.
   */
  readonly ldflags: string
  /** Names of the tool's binaries. The first is built, and the others are links to it, because the program chooses its function by its name. */
  readonly binaries: readonly [string, ...string[]]
  /** Files of the release that tests need at run time: path in the built folder, and file or folder in the module. */
  readonly files: Readonly<Record<string, string>>
}

/** Go tools by the name of their folder. Only the go.mod files contain versions. */
const tools = {
  kubeconform: {
    module: 'github.com/yannh/kubeconform',
    package: 'github.com/yannh/kubeconform/cmd/kubeconform',
    ldflags: '-X main.version={version}',
    binaries: ['kubeconform'],
    files: {},
  },
  'kube-score': {
    module: 'github.com/zegl/kube-score',
    package: 'github.com/zegl/kube-score/cmd/kube-score',
    ldflags: '-X main.version={version}',
    binaries: ['kube-score'],
    files: {},
  },
  actionlint: {
    module: 'github.com/rhysd/actionlint',
    package: 'github.com/rhysd/actionlint/cmd/actionlint',
    ldflags: '-X github.com/rhysd/actionlint.version={version}',
    binaries: ['actionlint'],
    files: {},
  },
  kwok: {
    module: 'sigs.k8s.io/kwok',
    package: 'sigs.k8s.io/kwok/cmd/kwok',
    ldflags: '-X sigs.k8s.io/kwok/pkg/consts.Version={number}',
    binaries: ['kwok'],
    files: {
      'share/crds': 'kustomize/crd/bases',
      'share/stages/node': 'kustomize/stage/node',
      'share/stages/pod': 'kustomize/stage/pod',
    },
  },
  toxiproxy: {
    module: 'github.com/Shopify/toxiproxy/v2',
    package: 'github.com/Shopify/toxiproxy/v2/cmd/server',
    ldflags: '-X github.com/Shopify/toxiproxy/v2.Version={number}',
    binaries: ['toxiproxy-server'],
    files: {},
  },
  versitygw: {
    module: 'github.com/versity/versitygw',
    package: 'github.com/versity/versitygw/cmd/versitygw',
    ldflags: '-X main.Version={version}',
    binaries: ['versitygw'],
    files: {},
  },
  'control-plane': {
    module: 'k8s.io/kubernetes',
    package: '.',
    // Clients and Argo CD parse the version that the API server reports at /version. Without this flag it is not a valid version.
    ldflags: [
      '-X k8s.io/component-base/version.gitVersion={version}',
      '-X k8s.io/component-base/version.gitMajor={major}',
      '-X k8s.io/component-base/version.gitMinor={minor}',
    ].join(' '),
    binaries: ['control-plane', 'etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
    files: {},
  },
  kubectl: {
    module: 'k8s.io/kubernetes',
    package: 'k8s.io/kubernetes/cmd/kubectl',
    ldflags: '-X k8s.io/component-base/version.gitVersion={version}',
    binaries: ['kubectl'],
    files: {},
  },
  pulumi: {
    module: 'github.com/pulumi/pulumi/pkg/v3',
    package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    ldflags: '-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version={version}',
    binaries: ['pulumi'],
    files: {},
  },
  argocd: {
    module: 'github.com/argoproj/argo-cd/v3',
    package: 'github.com/argoproj/argo-cd/v3/cmd',
    ldflags: '-X github.com/argoproj/argo-cd/v3/common.version={number}',
    binaries: [
      'argocd',
      'argocd-server',
      'argocd-repo-server',
      'argocd-application-controller',
      'argocd-applicationset-controller',
      'argocd-git-ask-pass',
    ],
    files: {
      'share/crds': 'manifests/crds',
      'share/config': 'manifests/base/config',
      // The repository server finds this program on PATH, so it is in the folder of the binaries.
      'bin/git-verify-wrapper.sh': 'hack/git-verify-wrapper.sh',
    },
  },
} as const satisfies Record<string, Tool>

export type ToolName = keyof typeof tools

export const toolNames = Object.keys(tools) as readonly ToolName[]

export interface BuiltTool {
  /** Absolute path of one of the tool's binaries. Its folder can be added to PATH. */
  binary(name: string): string
  /** Absolute path of the folder with the tool's files from `files`; empty for most tools. */
  readonly share: string
  /** Whether the tool was already in the cache, so that nothing was built. */
  readonly cached: boolean
}

/** Error: Go is missing or older than the tool needs, and a newer one can't be downloaded. The requirement is missing; the build did not fail. */
export class GoUnavailable extends Error {}

/** Folder with the built tools and fetched files, shared by all checkouts of a user. */
export function toolCache(): string {
  return join(process.env.HADAL_CACHE ?? process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hadal', 'tools')
}

export async function buildTool(name: ToolName): Promise<BuiltTool> {
  const tool: Tool = tools[name]
  const folder = join(import.meta.dirname, name)
  const goMod = await readFile(join(folder, 'go.mod'), 'utf8')
  const cache = toolCache()
  const destination = join(cache, `${name}-${await contentHash(folder, tool)}`)

  const cached = await exists(destination)
  if (!cached) {
    await mkdir(cache, { recursive: true })
    // Built in another folder and renamed when complete, so that an interrupted build leaves only a folder with a leading dot.
    const unfinished = await mkdtemp(join(cache, `.${name}-`))
    try {
      await buildInto(unfinished, folder, tool, goMod)
      await chmod(unfinished, 0o755)
      await renameUnlessThere(unfinished, destination)
    } finally {
      await rm(unfinished, { recursive: true, force: true })
    }
  }

  return {
    binary(binaryName) {
      if (!tool.binaries.includes(binaryName)) {
        throw new Error(`Tool ${name} has no binary "${binaryName}"; it has ${tool.binaries.join(', ')}.`)
      }
      return join(destination, 'bin', binaryName)
    },
    share: join(destination, 'share'),
    cached,
  }
}

/**
 * Version of the build procedure. Increase it if a change of this file outside the table changes the built files; older builds are then not
 * used.
 */
const recipe = 1

/** Hash of everything that determines a built tool. It includes the platform, because two platforms can share a home folder. */
async function contentHash(folder: string, tool: Tool): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([recipe, process.platform, process.arch, tool]))
  const sources = (await readdir(folder)).filter((file) => /^go\.(mod|sum)$|\.go$/.test(file)).sort()
  for (const file of sources) {
    const content = await readFile(join(folder, file))
    hash.update(`\n${file} ${content.length}\n`).update(content)
  }
  return hash.digest('hex').slice(0, 16)
}

async function buildInto(destination: string, folder: string, tool: Tool, goMod: string): Promise<void> {
  await requireGo(folder, goMod)
  const [built, ...links] = tool.binaries
  const bin = join(destination, 'bin')
  await mkdir(bin)
  await mkdir(join(destination, 'share'))

  const ldflags = `-s -w ${versionFlags(tool, goMod)}`
  await go(folder, ['build', '-ldflags', ldflags, '-o', join(bin, built), tool.package])
  for (const link of links) await symlink(built, join(bin, link))

  if (Object.keys(tool.files).length === 0) return
  const release = await go(folder, ['list', '-m', '-f', '{{.Dir}}', tool.module])
  for (const [to, from] of Object.entries(tool.files)) {
    await cp(join(release, from), join(destination, to), { recursive: true, filter: isForTheCluster })
  }
  await makeWritable(destination)
}

/** Whether a `.yaml` file contains an object for the cluster. Excluded are files for the build and tests of the manifests themselves. */
function isForTheCluster(path: string): boolean {
  return !/[/\\](testdata|kustomization\.yaml|[^/\\]+\.(go|md))$/.test(path)
}

function versionFlags(tool: Tool, goMod: string): string {
  const pinned = goMod.split('\n').map((line) =>
    line
      .trim()
      .replace(/^require /, '')
      .split(' '),
  )
  const version = pinned.find(([module, pin]) => module === tool.module && pin?.startsWith('v'))?.[1]
  if (version === undefined) throw new Error(`go.mod does not require ${tool.module}; add it with go get.`)
  const [major = '', minor = ''] = version.slice(1).split('.')
  const values: Record<string, string> = { version, number: version.slice(1), major, minor }
  return tool.ldflags.replace(/\{(\w+)\}/g, (placeholder, key: string) => values[key] ?? placeholder)
}

/**
 * Makes copied files writable, and scripts and programs executable. Files in Go's module cache are read-only, and their owner could not
 * delete a copy.
 */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await makeWritable(path)
    else if (entry.isFile())
      await chmod(path, entry.name.endsWith('.sh') || dirname(path).endsWith('/bin') ? 0o755 : 0o644)
  }
}

async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    // Another process built the same versions first, and its result is equivalent.
    if (!(await exists(to))) throw error
  }
}

/**
 * Checks that a suitable Go is installed, by calling it in the tool's folder. Go then also downloads the newer toolchain that go.mod may
 * name.
 */
async function requireGo(folder: string, goMod: string): Promise<void> {
  const needed = /^go (\S+)/m.exec(goMod)?.[1] ?? ''
  const howTo = `Install Go ${needed} or newer; any Go from 1.21 on will do where it can fetch that one from a Go module proxy.`
  let found: string
  try {
    found = (await go(folder, ['version'])).replace(/^go version go/, '').split(' ')[0] ?? ''
  } catch (error) {
    if (isNodeError(error) && error.code === 'ENOENT') throw new GoUnavailable(`No "go" on PATH. ${howTo}`)
    throw new GoUnavailable(`Go ${needed} is needed and could not be fetched (${lastLine(error)}). ${howTo}`)
  }
  if (found.localeCompare(needed, 'en', { numeric: true }) < 0) {
    throw new GoUnavailable(`Go ${needed} is needed, Go ${found} is installed. ${howTo}`)
  }
}

async function go(folder: string, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    CGO_ENABLED: '0',
    // No VCS stamp: it would make the binary depend on the commit, and it fails in a checkout that another user owns.
    GOFLAGS: '-trimpath -buildvcs=false',
    // Go's container images set "local", which disables the download of the toolchain that a go.mod may require.
    GOTOOLCHAIN: 'auto',
    // A workspace file above the checkout would override the pinned versions.
    GOWORK: 'off',
  }
  const { stdout } = await promisify(execFile)('go', args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 })
  return stdout.trim()
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}

/** The last lines of the standard error of a failed Go command, which contain the reason. */
function lastLine(error: unknown, count = 1): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().split('\n').slice(-count).join('\n')
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(tools, name))
  if (unknown.length > 0) {
    console.error(`No such tool: ${unknown.join(', ')}. There are ${toolNames.join(', ')}.`)
    return 2
  }
  for (const name of names.length > 0 ? (names as readonly ToolName[]) : toolNames) {
    const start = performance.now()
    try {
      const { cached, share } = await buildTool(name)
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      console.log(`${name}: ${cached ? 'cached' : 'built'} in ${seconds} s, ${dirname(share)}`)
    } catch (error) {
      if (error instanceof GoUnavailable) {
        console.error(`${name}: ${error.message}`)
        return 3
      }
      console.error(`${name}: not built.\n${lastLine(error, 20)}`)
      return 1
    }
  }
  return 0
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
