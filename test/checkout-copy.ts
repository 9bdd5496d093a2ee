import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { gitEnvironment } from './git-copy.ts'
import { root } from './repository-copy.ts'

export interface CheckoutCopy {
  readonly folder: string
  /** Environment variables for commands in the copy: its `node_modules/.bin` first in the PATH, and an author for Git. */
  readonly environment: NodeJS.ProcessEnv
  readonly git: (...args: string[]) => string
  readonly remove: () => void
}

/**
 * Creates a clone of the checkout, set up, in which a test may change anything. Its branch `main` has the checkout's history and one more commit
 * with its uncommitted changes. It has no remote. The workspace's packages are copied; their dependencies are shared through pnpm's links.
 */
export function checkoutCopy(): CheckoutCopy {
  requireSetUp()
  const folder = mkdtempSync(join(tmpdir(), 'hadal-checkout-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [join(folder, 'node_modules/.bin'), process.env.PATH].join(':'),
    ...gitEnvironment,
  }
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    execFileSync('git', ['clone', '--quiet', '--no-checkout', root, folder], { env: environment, stdio: 'pipe' })
    const head = git('rev-parse', 'HEAD').trim()
    git('remote', 'remove', 'origin')
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    for (const file of listed.toString('utf8').split('\0')) {
      // Skips files that were removed without a commit, which Git still lists.
      if (file === '' || !lstatSync(join(root, file), { throwIfNoEntry: false })) continue
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      cpSync(join(root, file), join(folder, file))
    }
    for (const modules of [
      '',
      'charts',
      'infra',
      'test',
      ...readdirSync(join(root, 'packages')).map((it) => `packages/${it}`),
    ])
      copyModules(join(root, modules, 'node_modules'), join(folder, modules, 'node_modules'))
    // The checkout may be on another branch, or on none. The index of the clone is empty, so the commit has exactly the copied files.
    git('symbolic-ref', 'HEAD', 'refs/heads/main')
    git('update-ref', 'HEAD', head)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', 'Uncommitted changes')
  } catch (error) {
    remove()
    throw error
  }
  return { folder, environment, git, remove }
}

/**
 * Fails if the checkout is not set up. Commands such as `npm run render` start with the set-up, which must find nothing to do in a copy, because
 * a copy shares the checkout's store of packages. The empty PATH prevents an installation.
 */
function requireSetUp(): void {
  const { status } = spawnSync(process.execPath, ['setup.mjs'], { cwd: root, env: { PATH: '' } })
  if (status !== 0) throw new Error('The set-up is older than the lock file. Run "npm run setup" first.')
}

/** Copies a `node_modules` folder: its links, which are relative and therefore point into the copy, and one link to the root's store. */
function copyModules(from: string, to: string): void {
  if (!lstatSync(from, { throwIfNoEntry: false })) return
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from)) {
    if (entry === '.pnpm') symlinkSync(join(from, entry), join(to, entry))
    else if (!entry.startsWith('.vite'))
      cpSync(join(from, entry), join(to, entry), { recursive: true, verbatimSymlinks: true })
  }
}
