import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { renderEnvironment } from '@hadal/charts/render-environment'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { root } from '../../repository-copy.ts'
import { systemPath } from './system-path.ts'

/**
 * What Argo CD reads: a bare Git repository with the checkout's files as they lie there, uncommitted ones too. It differs from them in one
 * thing, the repository's own address in each `config.ts` and, by that, in the manifests of Argo CD's own kinds.
 * `folder` is a clone in which a test changes what it likes.
 */
export class GitRepository {
  readonly url: string
  readonly folder: string
  readonly base: string

  /** @param place as {@link makeGitRepository} returned it, from another process perhaps */
  constructor({ url, folder, base }: Pick<GitRepository, 'url' | 'folder' | 'base'>) {
    this.url = url
    this.folder = folder
    this.base = base
  }

  /** The environments as they stand in the clone's first commit. */
  async environments(): Promise<Environment[]> {
    const environments = await loadEnvironments(root)
    return environments.map((environment) => ({
      ...environment,
      repository: { ...environment.repository, url: this.url },
    }))
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8')
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), text)
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true })
  }

  /** Replaces an environment's manifests by those of this environment, which may differ from its `config.ts`. */
  writeManifests(environment: Environment): void {
    const folder = manifestsFolder(environment.name)
    rmSync(join(this.folder, folder), { recursive: true, force: true })
    for (const { path, text } of renderEnvironment(environment)) this.write(`${folder}/${path}`, text)
  }

  /**
   * Commits everything to the branch that the environments follow, and pushes.
   *
   * @returns the commit; the one before where nothing changed
   */
  commit(message: string): string {
    this.git('add', '--all')
    if (this.git('status', '--porcelain') !== '') this.git('commit', '--quiet', '--message', message)
    this.git('push', '--quiet', 'origin', 'HEAD')
    return this.head()
  }

  /** Makes every file what it was in the beginning, by one commit more. */
  restore(): string {
    this.git('checkout', '--quiet', '--force', 'main')
    this.git('read-tree', '--reset', '-u', this.base)
    this.git('clean', '--quiet', '-d', '--force')
    return this.commit('As it was')
  }

  head(): string {
    return this.git('rev-parse', 'HEAD')
  }

  git(...args: readonly string[]): string {
    return git(this.folder, args)
  }
}

/** @param folder where the bare repository and the clone are made */
export async function makeGitRepository(folder: string): Promise<GitRepository> {
  const bare = join(folder, 'origin.git')
  const clone = join(folder, 'clone')
  const url = `file://${bare}`
  git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  git(folder, ['init', '--quiet', '--initial-branch=main', clone])
  git(clone, ['remote', 'add', 'origin', url])
  const listed = git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).split('\0')
  for (const file of listed)
    if (file !== '' && existsSync(join(root, file))) cpSync(join(root, file), join(clone, file), { recursive: true })

  // A config.ts in the clone finds the packages that it imports; Git doesn't see the link.
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'))
  writeFileSync(join(clone, '.git/info/exclude'), 'node_modules\n')

  const repository = new GitRepository({ url, folder: clone, base: '' })
  for (const { name, repository: own } of await loadEnvironments(root)) {
    const config = `environments/${name}/config.ts`
    repository.write(config, repository.read(config).replaceAll(own.url, url))
  }
  for (const environment of await repository.environments()) repository.writeManifests(environment)
  return new GitRepository({ url, folder: clone, base: repository.commit('The checkout') })
}

function git(folder: string, args: readonly string[]): string {
  const author = { GIT_AUTHOR_NAME: 'ground', GIT_AUTHOR_EMAIL: 'ground@localhost' }
  // A checkout may belong to another user than the one who tests, as in some CI.
  return execFileSync('git', ['-c', 'safe.directory=*', ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: {
      PATH: systemPath,
      ...author,
      GIT_COMMITTER_NAME: author.GIT_AUTHOR_NAME,
      GIT_COMMITTER_EMAIL: author.GIT_AUTHOR_EMAIL,
      // Hooks, signing and templates of the person's own have no say here.
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    },
  }).trimEnd()
}
