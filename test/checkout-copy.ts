import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { gitEnvironment } from './git-copy.ts'
import { root } from './repository-copy.ts'

export interface CheckoutCopy {
  readonly folder: string
  /** For commands that are run in it: its own `node_modules/.bin` first, and somebody who commits. */
  readonly environment: NodeJS.ProcessEnv
  readonly git: (...args: string[]) => string
  readonly remove: () => void
}

/**
 * A copy of the whole checkout as it stands, set up and with one commit on its branch `main`, in which a test may do what a
 * newcomer would. Its packages are its own; only what they depend on is shared, through pnpm's store of links.
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
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    for (const file of listed.toString('utf8').split('\0')) {
      // A file that was removed and not yet committed is listed still.
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
    git('init', '--quiet', '--initial-branch', 'main')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'As it is')
  } catch (error) {
    remove()
    throw error
  }
  return { folder, environment, git, remove }
}

/**
 * A command such as `npm run render` begins with the set-up. In a copy it must find everything done, since the store of
 * packages is the checkout's own; without a PATH it can't even begin to install.
 */
function requireSetUp(): void {
  const { status } = spawnSync(process.execPath, ['setup.mjs'], { cwd: root, env: { PATH: '' } })
  if (status !== 0) throw new Error('The set-up is not up to date with the lock file: run "npm run setup" first.')
}

/** The links of a `node_modules`, which are relative and so lead into the copy, and of the root's store one link to all of it. */
function copyModules(from: string, to: string): void {
  if (!lstatSync(from, { throwIfNoEntry: false })) return
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from)) {
    if (entry === '.pnpm') symlinkSync(join(from, entry), join(to, entry))
    else if (!entry.startsWith('.vite'))
      cpSync(join(from, entry), join(to, entry), { recursive: true, verbatimSymlinks: true })
  }
}
