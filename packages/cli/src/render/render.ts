import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironment, loadEnvironments } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { unpinnedOperators } from '@hadal/platform/operators/unpinned-operators'
import { closedAgentUrls } from '../agent-urls.ts'
import { PlainError } from '../plain-error.ts'
import { unpricedModels } from '../unpriced-models.ts'
import { areEqual, compareOnCallPage, compareWithCommitted, type Differences } from './compare-with-committed.ts'
import { onCallFile } from './on-call-page.ts'
import { type RenderedEnvironment, renderedEnvironment } from './rendered-environment.ts'
import { recoverFolder, replaceFolder } from './replace-folder.ts'

export interface RenderOptions {
  /** Root folder of the repository or copy that contains `environments/`. */
  readonly root: string
  /** Names of the environments to render. Empty for all. */
  readonly names: readonly string[]
  /** Whether to compare only and write nothing. */
  readonly check: boolean
  readonly write: (line: string) => void
}

/**
 * Renders and validates environments and writes their manifests, or only compares them. If one environment has a problem, nothing is written
 * for any of them.
 *
 * @returns the exit status: 0, or 1 if a folder can't be written or, with `check`, if a file differs
 * @throws {PlainError} with all problems of the rendered objects
 * @throws {EnvironmentProblems} if an environment is unknown or invalid, or the file with the operators' pins is
 */
export async function render({ root, names, check, write }: RenderOptions): Promise<0 | 1> {
  const environments = await load(root, names)
  const rendered = environments.map(renderedEnvironment)
  const unpinned = environments.map((environment) => ({ environment, operators: unpinnedOperators(root, environment) }))
  const problems = rendered.flatMap((environment) => environment.problems)
  if (problems.length > 0) {
    throw new PlainError(`${counted(problems.length, 'problem')}, so nothing was written:\n- ${problems.join('\n- ')}`)
  }
  const status = check ? checkAll(root, rendered, write) : writeAll(root, rendered, write)
  // Not an error: the manifests don't depend on the pins.
  for (const { environment, operators } of unpinned) {
    for (const { name, version, command } of operators)
      write(`${environment.name}: its stack can't install ${name} ${version}, which is not pinned. Run "${command}".`)
  }
  for (const environment of environments) {
    for (const { sentence } of unpricedModels(environment)) write(`${environment.name}: ${sentence}`)
    for (const sentence of closedAgentUrls(environment)) write(`${environment.name}: ${sentence}`)
  }
  return status
}

async function load(root: string, names: readonly string[]): Promise<readonly Environment[]> {
  if (names.length === 0) return loadEnvironments(root)
  return Promise.all([...new Set(names)].map((name) => loadEnvironment(root, name)))
}

function checkAll(root: string, rendered: readonly RenderedEnvironment[], write: (line: string) => void): 0 | 1 {
  let status: 0 | 1 = 0
  for (const { name, objects, onCall } of rendered) {
    const differences = together(compareWithCommitted(root, name, objects), compareOnCallPage(root, name, onCall))
    if (areEqual(differences)) {
      write(`${name}: ${counted(objects.length, 'object')}, as committed`)
      continue
    }
    status = 1
    write(`${name}: ${counted(objects.length, 'object')}; ${manifestsFolder(name)} differs:`)
    for (const line of differenceLines(differences, ['missing', 'stale', 'changed'])) write(line)
  }
  if (status === 1) {
    write('Manifests are generated; do not edit them. Run "npx hadal render", review the changes and commit them.')
  }
  return status
}

function writeAll(root: string, rendered: readonly RenderedEnvironment[], write: (line: string) => void): 0 | 1 {
  for (const { name, objects, onCall } of rendered) {
    const folder = join(root, manifestsFolder(name))
    // Git ignores this folder. It is on the same file system as the manifests, so it can be renamed.
    const scratch = join(root, '.hadal', 'render', name)
    try {
      recoverFolder(folder, scratch)
      const ofManifests = compareWithCommitted(root, name, objects)
      const differences = together(ofManifests, compareOnCallPage(root, name, onCall))
      if (areEqual(differences)) {
        write(`${name}: ${counted(objects.length, 'object')}, nothing changed`)
        continue
      }
      if (!areEqual(ofManifests)) replaceFolder(folder, scratch, new Map(objects.map(({ path, text }) => [path, text])))
      writeFileSync(join(root, onCallFile(name)), onCall)
      write(`${name}: ${counted(objects.length, 'object')} written to ${manifestsFolder(name)}`)
      for (const line of differenceLines(differences, ['new', 'removed', 'changed'])) write(line)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      write(
        `${manifestsFolder(name)} could not be written: ${reason}. Nothing was changed in it. Fix the cause and render again.`,
      )
      return 1
    }
  }
  return 0
}

const together = (one: Differences, other: Differences): Differences => ({
  missing: [...one.missing, ...other.missing],
  stale: [...one.stale, ...other.stale],
  changed: [...one.changed, ...other.changed],
})

/** One line per file, e.g. `  changed  environments/dev/manifests/…`. */
function differenceLines({ missing, stale, changed }: Differences, words: readonly [string, string, string]): string[] {
  const width = Math.max(...words.map((word) => word.length))
  return [missing, stale, changed].flatMap((files, index) =>
    files.map((file) => `  ${(words[index] ?? '').padEnd(width)}  ${file}`),
  )
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
