import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const root = join(import.meta.dirname, '../../..')
const pnpm = 'pnpm@12.21.0'
/** Timeout of the installation of packages, in milliseconds. */
const installWithinMs = 180_000

/** The previous release, installed and ready to run. */
export interface ReleaseBefore {
  readonly commit: string
  /** Path of its server program, which this checkout's Node executes. */
  readonly program: string
  /** Path of a langgraph.json with the agents of these tests, which use the packages of that release. */
  readonly agents: string
}

/** The commit in `test/faults/release-before`: the newest release that may serve while this release is rolled out. */
export const releaseBeforeCommit = (): string => {
  const file = join(root, 'test/faults/release-before')
  const commit = readFileSync(file, 'utf8').trim()
  if (/^[0-9a-f]{40}$/.test(commit)) return commit
  throw new Error(`${file} contains "${commit}". Write the full id of one commit there: 40 hexadecimal digits.`)
}

/**
 * Extracts the previous release into a folder outside the checkout, named after its commit, and installs the server's packages there. The next
 * call reuses both.
 *
 * @throws Error if the commit is not in this clone, or its packages can't be installed
 */
export async function releaseBefore(): Promise<ReleaseBefore> {
  const commit = releaseBeforeCommit()
  const folder = join(cacheFolder(), `release-${commit.slice(0, 12)}`)
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { recursive: true })
    try {
      await extract(commit, unfinished)
      await install(unfinished)
      if (!existsSync(folder)) renameSync(unfinished, folder)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  }
  const runtime = join(folder, 'packages/runtime')
  // Inside that release's package, so that the agents import the packages of that release.
  const agents = join(runtime, `fault-agents-${process.pid}`)
  cpSync(join(root, 'test/faults/agents'), agents, { recursive: true })
  process.once('exit', () => rmSync(agents, { recursive: true, force: true }))
  return { commit, program: join(runtime, 'src/main.ts'), agents: join(agents, 'langgraph.json') }
}

const cacheFolder = (): string =>
  join(process.env.HADAL_CACHE ?? process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hadal')

async function extract(commit: string, folder: string): Promise<void> {
  const { error } = await execute('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root }).then(
    () => ({ error: undefined }),
    (failure: unknown) => ({ error: failure }),
  )
  if (error) {
    throw new Error(
      `The previous release, commit ${commit}, is not in this clone. The test needs the full history: run "git fetch --unshallow" ` +
        '(in a GitHub workflow: actions/checkout with fetch-depth: 0).',
    )
  }
  const archive = spawn('git', ['archive', commit], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const tar = spawn('tar', ['-x', '-C', folder], { stdio: ['pipe', 'inherit', 'inherit'] })
  archive.stdout.pipe(tar.stdin)
  const [[archived], [unpacked]] = await Promise.all([once(archive, 'exit'), once(tar, 'exit')])
  if (archived !== 0 || unpacked !== 0)
    throw new Error(`Commit ${commit} could not be unpacked: git archive ended with ${archived}, tar with ${unpacked}.`)
}

async function install(folder: string): Promise<void> {
  // With the development packages: the agents of these tests are TypeScript, which the server compiles by `tsx`.
  const server = ['--filter', '@hadal/runtime...']
  const args = ['--yes', pnpm, 'install', '--frozen-lockfile', '--prefer-offline', ...server]
  try {
    await execute('npx', args, { cwd: folder, timeout: installWithinMs })
  } catch (error) {
    throw new Error(
      `The packages of the previous release could not be installed: ${error instanceof Error ? error.message : error}`,
    )
  }
}
