import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { renderEnvironment } from '@hadal/charts/render-environment'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironment, loadEnvironments } from '@hadal/platform/load-environment'
import { filesAtCommit } from '../git/files-at-commit.ts'
import { baseCommit, gitRepository } from '../git/git-repository.ts'
import { compareEnvironment } from './compare-environment.ts'
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
 * Compares the objects that the work tree renders with the manifests at the merge base with `base`, and writes the report as Markdown or
 * JSON. It renders in memory; it writes no files and checks nothing out.
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
  const compared = all.map((name) => {
    const environment = now.get(name)
    return compareEnvironment(name, committed, environment && renderEnvironment(environment))
  })
  const report: Report = {
    base,
    commit,
    environments: compared.map((environment) => ({ ...environment, dangers: findDangers(environment) })),
  }
  write(json ? jsonReport(report) : markdownReport(report))
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
