import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { AgentsDescription, agentsDescriptionFile, describeCommand } from '@hadal/platform/agents-description'
import type { Environment } from '@hadal/platform/environment'
import { PlainError } from '../plain-error.ts'
import type { Subject } from './checklist-item.ts'

/**
 * Reads what the items look at beside the environment and its objects.
 *
 * @param root the folder that holds `environments/`
 * @throws {PlainError} where the agents' description is not there or can't be read
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
  if (text === undefined)
    throw new PlainError(`${agentsDescriptionFile} is not there, so nothing is known of the agents. ${mend}`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new PlainError(`${agentsDescriptionFile} is no JSON. It is written by a program, never by hand. ${mend}`)
  }
  const parsed = AgentsDescription.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') || 'the whole'
  throw new PlainError(
    `${agentsDescriptionFile} is not what this version writes (${where}: ${issue?.message}). ${mend}`,
  )
}
