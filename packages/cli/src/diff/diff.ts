import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { renderEnvironment } from '@hadal/charts/render-environment'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironment, loadEnvironments } from '@hadal/platform/load-environment'
import { filesAtCommit } from '../git/files-at-commit.ts'
import { baseCommit, gitRepository } from '../git/git-repository.ts'
import { type BaseConfiguration, baseConfiguration } from './base-configuration.ts'
import { compareEnvironment } from './compare-environment.ts'
import type { ComparedEnvironment } from './compared.ts'
import { findDangers } from './find-dangers.ts'
import { jsonReport } from './json-report.ts'
import { markdownReport } from './markdown-report.ts'
import type { Report } from './report.ts'

export interface DiffOptions {
  /** Root folder of the repository or copy that contains `environments/`. */
  readonly root: string
  /** Git revision, such as a branch, to whose merge base the work tree is compared. */
  readonly base: string
  /** Names of environments. Empty for all current ones and all of the base. */
  readonly names: readonly string[]
  readonly json: boolean
  readonly write: (text: string) => void
}

/**
 * Compares the work tree with the merge base with `base`, and writes the report as Markdown or JSON. It compares the rendered objects with the
 * base's manifests, and both configurations. It renders in memory; it writes no files and checks nothing out.
 *
 * @throws {PlainError} if Git can't find the base
 * @throws {EnvironmentProblems} if an environment is unknown or invalid
 */
export async function diff({ root, base, names, json, write }: DiffOptions): Promise<void> {
  const repository = await gitRepository(root)
  const commit = await baseCommit(repository, base)
  const committed = await filesAtCommit(repository, commit, 'environments')
  const atBase = new Set(
    [...committed.keys()].flatMap((path) => /^environments\/([^/]+)\/manifests\//.exec(path)?.[1] ?? []),
  )

  const wanted = [...new Set(names)]
  const environments = wanted.length === 0 ? await loadEnvironments(root) : await loadKnown(root, wanted, atBase)
  const now = new Map(environments.map((environment) => [environment.name, environment]))
  const all = wanted.length > 0 ? wanted : [...new Set([...now.keys(), ...atBase])].sort()
  const bases = new Map<string, BaseConfiguration>()
  for (const name of all) if (atBase.has(name)) bases.set(name, await baseConfiguration(root, commit, committed, name))
  const compared = all.map((name): ComparedEnvironment => {
    const after = now.get(name)
    const objects = compareEnvironment(name, committed, after && renderEnvironment(after))
    const base = bases.get(name)
    if (!base) return objects
    if (!after) return { ...objects, renamedTo: renamedTo(base, environments, atBase) }
    return { ...objects, configuration: 'unread' in base ? base : { before: base.environment, after } }
  })
  const report: Report = {
    base,
    commit,
    environments: compared.map((environment) => ({ ...environment, dangers: findDangers(environment) })),
  }
  write(json ? jsonReport(report) : markdownReport(report))
}

/** Name of a new environment with the namespace of a removed one. Undefined if there is none. */
function renamedTo(
  removed: BaseConfiguration,
  environments: readonly Environment[],
  atBase: ReadonlySet<string>,
): string | undefined {
  if ('unread' in removed) return undefined
  const { namespace, cluster } = removed.environment
  return environments.find(
    (one) => !atBase.has(one.name) && one.namespace === namespace && one.cluster.server === cluster.server,
  )?.name
}

/** Loads the named environments. One that exists only at the base is skipped, i.e. removed; one that exists nowhere is an error. */
async function loadKnown(root: string, names: readonly string[], atBase: ReadonlySet<string>): Promise<Environment[]> {
  const loaded = await Promise.all(
    names.map(async (name) =>
      existsSync(join(root, 'environments', name)) || !atBase.has(name) ? loadEnvironment(root, name) : [],
    ),
  )
  return loaded.flat()
}
