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
 * Git repository that Argo CD reads: a bare repository with the checkout's current files, including uncommitted ones. Only the repository's
 * address differs, in each `config.ts` and in the manifests of Argo CD's kinds. `folder` is a clone that tests may change.
 */
export class GitRepository {
  readonly url: string
  readonly folder: string
  readonly base: string

  /** @param place address and folders of the repository, as {@link makeGitRepository} returned them, possibly in another process */
  constructor({ url, folder, base }: Pick<GitRepository, 'url' | 'folder' | 'base'>) {
    this.url = url
    this.folder = folder
    this.base = base
  }

  /** Returns the environments of the clone's first commit. */
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

  /** Replaces the manifests of an environment by newly rendered ones. The given environment may differ from the clone's `config.ts`. */
  writeManifests(environment: Environment): void {
    const folder = manifestsFolder(environment.name)
    rmSync(join(this.folder, folder), { recursive: true, force: true })
    for (const { path, text } of renderEnvironment(environment)) this.write(`${folder}/${path}`, text)
  }

  /**
   * Commits all changes to the branch that the environments follow, and pushes.
   *
   * @returns the new commit, or the current one if nothing changed
   */
  commit(message: string): string {
    this.git('add', '--all')
    if (this.git('status', '--porcelain') !== '') this.git('commit', '--quiet', '--message', message)
    this.git('push', '--quiet', 'origin', 'HEAD')
    return this.head()
  }

  /** Restores all files to the first commit, in a new commit. @returns the new commit */
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

/** Creates the Git repository for Argo CD. @param folder parent folder of the bare repository and of the clone */
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

  // With this link a config.ts in the clone finds the packages that it imports. Git ignores the link.
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
  // The checkout may belong to another user than the one who runs the tests, as in some CI systems.
  return execFileSync('git', ['-c', 'safe.directory=*', ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: {
      PATH: systemPath,
      ...author,
      GIT_COMMITTER_NAME: author.GIT_AUTHOR_NAME,
      GIT_COMMITTER_EMAIL: author.GIT_AUTHOR_EMAIL,
      // The user's hooks, signing and templates must not affect the tests.
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    },
  }).trimEnd()
}
