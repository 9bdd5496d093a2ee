import { execFileSync } from 'node:child_process'
import { Agent } from '@hadal/charts/components/agent'
import { Postgres } from '@hadal/charts/components/postgres'
import { Redis } from '@hadal/charts/components/redis'
import { Tenancy } from '@hadal/charts/components/tenancy'
import { manifestsFolder } from '@hadal/platform/names'
import { App } from 'cdk8s'
import { describe, expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { bootstrap, waitForSync } from './ground/applications.ts'
import { connect, deployed } from './ground/deployed.ts'

const ground = connect()
const { cluster, repository } = ground
const environments = await repository.environments()
const own = new Map(
  (await (await import('@hadal/platform/load-environment')).loadEnvironments(root)).map((one) => [one.name, one]),
)

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trimEnd()

/** The newest commit whose manifests differ from the checkout's: what a cluster has that is upgraded to it. */
function before(folder: string): { readonly commit: string; readonly files: readonly string[] } | undefined {
  for (const commit of git('rev-list', '--max-count=50', 'HEAD').split('\n')) {
    const files = git('ls-tree', '-r', '--name-only', commit, '--', folder).split('\n').filter(Boolean)
    if (files.length === 0) return undefined
    const differs = git('diff', '--name-only', commit, '--', folder) !== ''
    if (differs) return { commit, files }
  }
  return undefined
}

describe.each(environments)('$name', (environment) => {
  test('is upgraded from the manifests before these, without a field that can not be changed', async (context) => {
    const folder = manifestsFolder(environment.name)
    const old = before(folder)
    context.skip(old === undefined, 'There are no other manifests in the last fifty commits.')
    if (old === undefined) return
    repository.restore()
    repository.remove(folder)
    for (const file of old.files)
      repository.write(
        file,
        git('show', `${old.commit}:${file}`).replaceAll(
          own.get(environment.name)?.repository.url ?? '',
          repository.url,
        ),
      )
    const revision = repository.commit(`The manifests of ${old.commit.slice(0, 8)}`)
    await bootstrap(cluster, environment)
    await waitForSync(cluster, environment, revision)
    await deployed(ground, environment.name)
  })

  test('has the same selectors, names and labels, whatever its constructs are called', () => {
    for (const Chart of [Agent, Postgres, Redis, Tenancy])
      expect(new Chart(new App(), 'another-name', environment).toJson()).toEqual(
        new Chart(new App(), 'a-name', environment).toJson(),
      )
  })
})
