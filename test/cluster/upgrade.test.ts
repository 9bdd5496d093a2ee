import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Agent } from '@hadal/charts/components/agent'
import { Postgres } from '@hadal/charts/components/postgres'
import { Redis } from '@hadal/charts/components/redis'
import { Tenancy } from '@hadal/charts/components/tenancy'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { App } from 'cdk8s'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { applicationsOf, bootstrap, refreshOld, summary, waitForSync } from './ground/applications.ts'
import { connect, remove } from './ground/deployed.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
const environments = await repository.environments()
const own = await loadEnvironments(root)
const failures = new Map<string, unknown>()

beforeAll(async () => {
  repository.restore()
  const upgraded = environments.filter(({ name }) => writeOld(name))
  const revision = repository.commit('The manifests before these')
  const both = upgraded.map(async (environment) => {
    await bootstrap(cluster, environment)
    await waitForSync(cluster, environment, revision)
  })
  await Promise.all(both)
  const now = repository.restore()
  // Kept for a test that reports the error. In the set-up it would have no test's name.
  const upgrades = upgraded.map((environment) =>
    waitForUpgrade(environment, now).catch((error: unknown) => failures.set(environment.name, error)),
  )
  await Promise.all(upgrades)
})
afterAll(async () => {
  // An environment whose data waits for a person to prune it would block later test files, so it is removed.
  for (const environment of environments) {
    const applications = await applicationsOf(cluster, environment)
    if (applications.some(({ status }) => status?.sync?.status !== 'Synced')) await remove(cluster, environment)
  }
})

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trimEnd()

/** The release before, if the checkout has its history, and the last fifty commits. */
function earlierCommits(): readonly string[] {
  const recent = git('rev-list', '--max-count=50', 'HEAD').split('\n')
  const released = readFileSync(join(root, 'test/faults/release-before'), 'utf8').trim()
  try {
    git('cat-file', '-e', `${released}^{commit}`)
    return [released, ...recent]
  } catch {
    return recent
  }
}

/** Finds the first of these commits whose manifests differ from the checkout's: a cluster with them is upgraded to the checkout. */
function before(folder: string): { readonly commit: string; readonly files: readonly string[] } | undefined {
  for (const commit of earlierCommits()) {
    const files = git('ls-tree', '-r', '--name-only', commit, '--', folder).split('\n').filter(Boolean)
    if (files.length === 0) return undefined
    const differs = git('diff', '--name-only', commit, '--', folder) !== ''
    if (differs) return { commit, files }
  }
  return undefined
}

/** Writes the older manifests of an environment into the clone. Returns false if there are none. */
function writeOld(name: string): boolean {
  const folder = manifestsFolder(name)
  const old = before(folder)
  if (old === undefined) return false
  const url = own.find((environment) => environment.name === name)?.repository.url ?? ''
  repository.remove(folder)
  for (const file of old.files)
    repository.write(file, git('show', `${old.commit}:${file}`).replaceAll(url, repository.url))
  return true
}

/** Waits until the environment equals Git. Objects with data that were removed from Git may remain, because a person prunes them. */
const waitForUpgrade = (environment: Environment, revision: string) =>
  waitUntil(
    `every Application of ${environment.name} to be upgraded`,
    async () => {
      const applications = await applicationsOf(cluster, environment)
      await refreshOld(cluster, applications, revision)
      return applications.every(
        ({ status }) =>
          status?.sync?.revision === revision &&
          status.operationState?.phase === 'Succeeded' &&
          status.health?.status === 'Healthy' &&
          status.resources?.every((one) => one.hook || one.status === 'Synced' || one.requiresPruning),
      )
    },
    { within: 120, state: async () => (await applicationsOf(cluster, environment)).map(summary) },
  )

describe.each(environments)('$name', (environment) => {
  test('is upgraded from the manifests before these, without a field that can not be changed', (context) => {
    const old = before(manifestsFolder(environment.name))
    context.skip(old === undefined, 'There are no other manifests in the release before and in the last fifty commits.')
    if (failures.has(environment.name)) throw failures.get(environment.name)
  })

  test('has the same selectors, names and labels if its constructs are renamed', () => {
    for (const Chart of [Agent, Postgres, Redis, Tenancy])
      expect(new Chart(new App(), 'another-name', { environment }).toJson()).toEqual(
        new Chart(new App(), 'a-name', { environment }).toJson(),
      )
  })
})
