import { join } from 'node:path'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironment, loadEnvironments } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { PlainError } from '../plain-error.ts'
import { areEqual, compareWithCommitted, type Differences } from './compare-with-committed.ts'
import { type RenderedEnvironment, renderedEnvironment } from './rendered-environment.ts'
import { recoverFolder, replaceFolder } from './replace-folder.ts'

export interface RenderOptions {
  /** The folder that holds `environments/`. */
  readonly root: string
  /** Names of environments; empty: all. */
  readonly names: readonly string[]
  /** Compare only, and write nothing. */
  readonly check: boolean
  readonly write: (line: string) => void
}

/**
 * Renders environments, validates them and writes their manifests, or compares only. Nothing is written for anybody
 * where anything is wrong with one of them.
 *
 * @returns the exit status: 0, or 1 where a folder can't be written or, with `check`, something differs
 * @throws {PlainError} with every problem of what was rendered
 * @throws {EnvironmentProblems} where an environment is unknown or broken
 */
export async function render({ root, names, check, write }: RenderOptions): Promise<0 | 1> {
  const rendered = (await load(root, names)).map(renderedEnvironment)
  const problems = rendered.flatMap((environment) => environment.problems)
  if (problems.length > 0) {
    throw new PlainError(`${counted(problems.length, 'problem')}, so nothing was written:\n- ${problems.join('\n- ')}`)
  }
  return check ? checkAll(root, rendered, write) : writeAll(root, rendered, write)
}

async function load(root: string, names: readonly string[]): Promise<readonly Environment[]> {
  if (names.length === 0) return loadEnvironments(root)
  return Promise.all([...new Set(names)].map((name) => loadEnvironment(root, name)))
}

function checkAll(root: string, rendered: readonly RenderedEnvironment[], write: (line: string) => void): 0 | 1 {
  let status: 0 | 1 = 0
  for (const { name, objects } of rendered) {
    const differences = compareWithCommitted(root, name, objects)
    if (areEqual(differences)) {
      write(`${name}: ${counted(objects.length, 'object')}, as committed`)
      continue
    }
    status = 1
    write(`${name}: ${counted(objects.length, 'object')}; ${manifestsFolder(name)} differs:`)
    for (const line of differenceLines(differences, ['missing', 'stale', 'changed'])) write(line)
  }
  if (status === 1) {
    write('Manifests are rendered, never edited. Run "npx hadal render", review what changed and commit it.')
  }
  return status
}

function writeAll(root: string, rendered: readonly RenderedEnvironment[], write: (line: string) => void): 0 | 1 {
  for (const { name, objects } of rendered) {
    const folder = join(root, manifestsFolder(name))
    // Git ignores it, and it is on the file system of the folder that it becomes.
    const scratch = join(root, '.hadal', 'render', name)
    try {
      recoverFolder(folder, scratch)
      const differences = compareWithCommitted(root, name, objects)
      if (areEqual(differences)) {
        write(`${name}: ${counted(objects.length, 'object')}, nothing changed`)
        continue
      }
      replaceFolder(folder, scratch, new Map(objects.map(({ path, text }) => [path, text])))
      write(`${name}: ${counted(objects.length, 'object')} written to ${manifestsFolder(name)}`)
      for (const line of differenceLines(differences, ['new', 'removed', 'changed'])) write(line)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      write(`${manifestsFolder(name)} could not be written: ${reason}. It is as it was; mend that and render again.`)
      return 1
    }
  }
  return 0
}

/** A line a file: `  changed  environments/dev/manifests/…`. */
function differenceLines({ missing, stale, changed }: Differences, words: readonly [string, string, string]): string[] {
  const width = Math.max(...words.map((word) => word.length))
  return [missing, stale, changed].flatMap((files, index) =>
    files.map((file) => `  ${(words[index] ?? '').padEnd(width)}  ${file}`),
  )
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
