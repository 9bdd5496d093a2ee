import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { AgentsDescription, agentsDescriptionFile, describeCommand } from '@hadal/platform/agents-description'
import type { Environment } from '@hadal/platform/environment'
import { PlainError } from '../plain-error.ts'
import type { Subject } from './checklist-item.ts'

/**
 * Reads the files that checklist items need in addition to the environment and its objects.
 *
 * @param root the folder that holds `environments/`
 * @throws {PlainError} if the agents' description is missing or invalid
 */
export function readSubject(root: string, environment: Environment, objects: readonly RenderedObject[]): Subject {
  const files = new Map<string, string>()
  const add = (file: string): void => {
    const path = join(root, file)
    if (existsSync(path)) files.set(file, readFileSync(path, 'utf8'))
  }
  for (const file of documents(root)) add(file)
  for (const file of ['config.ts', 'release.json']) add(`environments/${environment.name}/${file}`)
  add(agentsDescriptionFile)
  const agents = parseDescription(files.get(agentsDescriptionFile))
  for (const can of Object.values(agents.server)) if (can) add(can.file)
  return { environment, objects, agents, files }
}

function documents(root: string): string[] {
  const inFolder = (folder: string): string[] => {
    const path = join(root, folder)
    if (!existsSync(path)) return []
    return readdirSync(path)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`)
  }
  return [...inFolder('docs'), ...inFolder('docs/runbooks')]
}

function parseDescription(text: string | undefined): AgentsDescription {
  const mend = `Run "${describeCommand}".`
  if (text === undefined) throw new PlainError(`${agentsDescriptionFile} is missing. ${mend}`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new PlainError(`${agentsDescriptionFile} is not valid JSON. It is generated; do not edit it. ${mend}`)
  }
  const parsed = AgentsDescription.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') || 'the whole file'
  throw new PlainError(
    `${agentsDescriptionFile} does not match this version of Hadal (${where}: ${issue?.message}). ${mend}`,
  )
}
