import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { late, within } from '@hadal/middleware/within'
import { GraphUnavailable } from './graph-unavailable.ts'
import type { GraphEntry } from './langgraph-json.ts'
import { replacementNotices, sharePackages } from './shared-packages.ts'
import { needsCompiler, openTypeScriptLoader } from './typescript-loader.ts'

/** Maximum time in milliseconds for the import of a module of a project, and for one call of a graph's function. */
const withinMs = 30_000

/** Returns the message of an error without its final period. */
export const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\nRequire stack:.*$/s, '').replace(/\.$/, '')

/** Waits for the work of a project's code. @throws Error if it takes too long */
export async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const result = await within(work, withinMs)
  if (result === late) throw new Error(`it did not end within ${withinMs / 1_000} s`)
  return result
}

async function importModule(path: string, folder: string): Promise<Record<string, unknown>> {
  sharePackages()
  if (needsCompiler(path)) await openTypeScriptLoader(folder)
  return import(pathToFileURL(path).href)
}

/** Says what a user can do about an error of a module. */
export function remedy(error: unknown, file: string): string {
  const text = reason(error)
  const [, missing] = /^Cannot find (?:package|module) '((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/[^']*)?'/.exec(text) ?? []
  if (missing)
    return `Install the package: run "npm install" in ${dirname(file)}, or "npm install ${missing}" if package.json lacks it.`
  if (/api.?key|credential/i.test(text))
    return 'Set the key in the environment of the server, or in the file that "env" names.'
  return 'Correct the module.'
}

/**
 * Imports a module that a langgraph.json names, and reads its export, which may be a promise.
 *
 * @param at name of the field in the messages
 * @throws GraphUnavailable
 */
export async function importExport(
  at: string,
  file: string,
  { modulePath, exportName }: Pick<GraphEntry, 'modulePath' | 'exportName'>,
): Promise<{ readonly value: unknown }> {
  const path = resolve(dirname(file), modulePath)
  if (!existsSync(path))
    throw new GraphUnavailable(
      `${at} names the module ${modulePath}, but the file ${path} does not exist. Correct the path, which is relative to ${dirname(file)}.`,
    )
  const exported = await inTime(importModule(path, dirname(file))).catch((error: unknown) => {
    const ofPackages = replacementNotices().map((notice) => ` ${notice}`)
    throw new GraphUnavailable(
      `${at}: importing ${modulePath} failed: ${reason(error)}. ${remedy(error, file)}${ofPackages.join('')}`,
      error,
    )
  })
  if (exportName in exported) return { value: exported[exportName] }
  const names = Object.keys(exported)
  const there = names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}`
  throw new GraphUnavailable(
    `${at} names the export "${exportName}" of ${modulePath}, but ${there}. Correct the name after the colon.`,
  )
}
