import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environmentNames, loadEnvironment, loadEnvironments } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { DnsLabel } from '@hadal/platform/schema/scalars'
import { PlainError } from '../plain-error.ts'
import { onCallFile } from '../render/on-call-page.ts'
import { renderedEnvironment } from '../render/rendered-environment.ts'
import { replaceFolder } from '../render/replace-folder.ts'
import { writeFiles } from './write-files.ts'

export interface NewEnvironmentOptions {
  /** Root folder of the repository or copy that contains `environments/`. */
  readonly root: string
  readonly name: string
  /** The environment whose `config.ts` and `release.json` are copied. */
  readonly from: string
  readonly write: (line: string) => void
}

/**
 * Creates an environment as a copy of another: its configuration, with the old name replaced by the new one in every string, its release, and
 * its rendered manifests. The copy uses the operators that the stack of the copied environment installs. If a file can't be written, none is.
 *
 * @throws {PlainError} if the name is taken, or the copy can't be rendered
 * @throws {EnvironmentProblems} if the copied environment, or the copy, is invalid
 */
export async function newEnvironment({ root, name, from, write }: NewEnvironmentOptions): Promise<void> {
  const parsed = DnsLabel.safeParse(name)
  if (!parsed.success) {
    const rule = parsed.error.issues.map(({ message }) => message).join('; ')
    throw new PlainError(
      `Invalid name of an environment: "${name}". It must be ${rule.replace(/^Invalid input: /, '')}.`,
    )
  }
  const folder = `environments/${name}`
  if (existsSync(join(root, folder))) throw new PlainError(`${folder} already exists. Choose another name.`)
  const known = environmentNames(root)
  if (!known.includes(from))
    throw new PlainError(
      `environments/${from} does not exist, so it can't be copied. Name the environment to copy: --from <${known.join('|')}>.`,
    )
  await loadEnvironment(root, from)

  const copied = readFileSync(join(root, 'environments', from, 'config.ts'), 'utf8')
  // Two stacks can't install the operators of one cluster.
  const config = renamed(copied, from, name).replace(/\boperators: (['"])managed\1/, 'operators: $1present$1')
  const release = readFileSync(join(root, 'environments', from, 'release.json'), 'utf8')
  writeFiles(
    root,
    new Map([
      [`${folder}/config.ts`, config],
      [`${folder}/release.json`, release],
    ]),
  )
  let count: number
  try {
    // All environments are loaded, because no two may share a namespace, a host or a path of secrets.
    const environment = (await loadEnvironments(root)).find((it) => it.name === name)
    if (!environment) throw new PlainError(`${folder} was not found after it was written. This is a bug in Hadal.`)
    const { objects, onCall, problems } = renderedEnvironment(environment)
    if (problems.length > 0) throw new PlainError(problems.join('\n'))
    const manifests = new Map(objects.map(({ path, text }) => [path, text]))
    replaceFolder(join(root, manifestsFolder(name)), join(root, '.hadal', 'render', name), manifests)
    writeFileSync(join(root, onCallFile(name)), onCall)
    count = objects.length
  } catch (error) {
    rmSync(join(root, folder), { recursive: true, force: true })
    throw error
  }

  write(`Created ${folder} as a copy of environments/${from}, with ${count} rendered objects.`)
  write('Changed lines in config.ts:')
  for (const line of changedLines(copied, config)) write(`  ${line}`)
  write('')
  write('Next:')
  write(`  1. Review ${folder}/config.ts: addresses, buckets and stores outside the cluster, sizes, protected.`)
  write(`     Its comments are still those of environments/${from}.`)
  write(`  2. npx hadal render ${name}`)
  write(`  3. npx hadal check ${name}`)
  write(`  4. git add ${folder}, commit, and open a pull request.`)
}

/** Replaces the old name in strings, but only as a whole word: in `hadal-dev`, `hadal/dev` and `redis.dev.example.com`, not in `device`. */
function renamed(config: string, from: string, name: string): string {
  const word = new RegExp(`(?<![A-Za-z0-9])${from.replaceAll(/[^a-z0-9]/g, '\\$&')}(?![A-Za-z0-9])`, 'g')
  return config
    .split('\n')
    .map((line) =>
      // Comments and import paths are unchanged.
      /^\s*(\/\/|\/?\*|import\s)/.test(line)
        ? line
        : line.replaceAll(/'[^']*'|"[^"]*"/g, (text) => text.replaceAll(word, name)),
    )
    .join('\n')
}

const changedLines = (before: string, after: string): string[] => {
  const old = before.split('\n')
  return after
    .split('\n')
    .filter((line, index) => line !== old[index])
    .map((line) => line.trim())
}
