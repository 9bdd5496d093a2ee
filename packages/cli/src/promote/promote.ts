import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironment } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { type Release, unreleasedDigest } from '@hadal/platform/release'
import { changeLines } from '../diff/change-lines.ts'
import { compareEnvironment } from '../diff/compare-environment.ts'
import { gitRepository } from '../git/git-repository.ts'
import { runGit } from '../git/run-git.ts'
import { PlainError } from '../plain-error.ts'
import { areEqual, compareWithCommitted } from '../render/compare-with-committed.ts'
import { type RenderedEnvironment, renderedEnvironment } from '../render/rendered-environment.ts'
import { replaceRelease } from './replace-release.ts'

export interface PromoteOptions {
  /** Root folder of the repository or copy that contains `environments/`. */
  readonly root: string
  /** Environment whose image is copied. */
  readonly from: string
  /** Environment that gets the image. */
  readonly to: string
  readonly write: (line: string) => void
}

const releaseFile = (name: string): string => `environments/${name}/release.json`

/**
 * Copies the image of one environment's `release.json` to another's, renders the other, and prints the changes and the commands for a pull
 * request. Only the image and its effects change. If there is any problem, nothing is written.
 *
 * @throws {PlainError} if the source was never released, one of the two has uncommitted or unrendered changes, or more than the image would change
 * @throws {EnvironmentProblems} if an environment is unknown or invalid
 */
export async function promote({ root, from, to, write }: PromoteOptions): Promise<void> {
  if (from === to) throw new PlainError(`"${from}" can't be promoted to itself. Name two different environments.`)
  const source = await loadEnvironment(root, from)
  const target = await loadEnvironment(root, to)
  const { release } = source
  if (release.image.digest === unreleasedDigest) {
    throw new PlainError(
      `${releaseFile(from)} has no release: its digest is all zeros. ` +
        `Pin an image first: "npx hadal release pin <registry/path:tag> --environment ${from}".`,
    )
  }
  for (const name of [from, to]) await refuseUncommitted(root, name)
  for (const environment of [source, target]) refuseOtherRelease(root, environment)
  refuseUnrendered(root, source, sound(renderedEnvironment(source)))
  if (isDeepStrictEqual(release, target.release)) {
    write(`${releaseFile(to)} already has the image of ${from}, ${imageText(release)}. There is nothing to promote.`)
    return
  }
  const before = sound(renderedEnvironment(target))
  refuseUnrendered(root, target, before)
  const after = sound(renderedEnvironment(defineEnvironment({ ...target, release })))
  replaceRelease(root, to, release, new Map(after.objects.map(({ path, text }) => [path, text])))

  write(`${releaseFile(to)} now has the image of ${from} at the checked-out commit. ${to} runs it after the merge:`)
  write(`  - ${imageText(target.release)}`)
  write(`  + ${imageText(release)}`)
  for (const line of changedLines(to, before, after)) write(line)
  for (const line of nextSteps(from, to, release)) write(line)
}

const imageText = ({ image: { repository, digest } }: Release): string => `${repository}@${digest}`

/**
 * Rejects uncommitted changes in an environment's folder. Those of the source were not reviewed and run nowhere; those of the target would become
 * part of the promotion.
 */
async function refuseUncommitted(root: string, name: string): Promise<void> {
  await gitRepository(root)
  const folder = `environments/${name}`
  const { status, output, errors } = await runGit(root, ['status', '--porcelain', '--', folder])
  if (status !== 0) throw new PlainError(`Git can't list the changes in ${folder}: ${errors.trim()}`)
  const changed = output.toString('utf8').trimEnd()
  if (changed !== '') throw new PlainError(`${folder} has uncommitted changes:\n${changed}\nCommit them first.`)
}

/** Rejects manifests that differ from the rendered ones: the source doesn't run its image then, and more than the image of the target would change. */
function refuseUnrendered(root: string, { name }: Environment, { objects }: RenderedEnvironment): void {
  if (areEqual(compareWithCommitted(root, name, objects))) return
  throw new PlainError(
    `${manifestsFolder(name)} differs from the rendered manifests, so more than the image of ${name} would change. ` +
      `Run "npx hadal render ${name}", review the changes and commit them separately, then promote.`,
  )
}

/** Rejects a configuration that doesn't take its image from release.json, because the promotion would have no effect. */
function refuseOtherRelease(root: string, { name, release }: Environment): void {
  const written: unknown = JSON.parse(readFileSync(join(root, releaseFile(name)), 'utf8'))
  if (isDeepStrictEqual(written, release)) return
  throw new PlainError(
    `environments/${name}/config.ts doesn't take its release from ${releaseFile(name)}. ` +
      `Write "import release from './release.json' with { type: 'json' }", and "release" in the environment.`,
  )
}

function sound(rendered: RenderedEnvironment): RenderedEnvironment {
  if (rendered.problems.length === 0) return rendered
  throw new PlainError(`${rendered.problems.join('\n')}\nNothing was written.`)
}

function changedLines(name: string, before: RenderedEnvironment, after: RenderedEnvironment): string[] {
  const committed = before.objects.map(({ path, text }): [string, string] => [`${manifestsFolder(name)}/${path}`, text])
  const { objects } = compareEnvironment(name, new Map(committed), after.objects)
  const changed = objects.filter(({ changes }) => changes.length > 0)
  return changed.flatMap(({ kind, name, changes }) => [
    `${kind} ${name}:`,
    ...changes.flatMap(changeLines).map((line) => `  ${line}`),
  ])
}

function nextSteps(from: string, to: string, release: Release): string[] {
  const digest = release.image.digest.slice('sha256:'.length).slice(0, 12)
  const title = `Promote ${from} to ${to}: ${release.image.repository.split('/').at(-1)} ${digest}`
  const branch = `promote-${from}-to-${to}-${digest}`
  return [
    '',
    'Create a pull request:',
    '',
    `  git switch --create ${branch}`,
    `  git add environments/${to}`,
    `  git commit --message "${title}"`,
    `  git push --set-upstream origin ${branch}`,
    '',
    `Title: ${title}`,
  ]
}
