import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AgentsDescription, agentsDescriptionFile } from './agents-description.ts'

/**
 * Reads the description of the agents.
 *
 * @param root the repository's root
 * @returns undefined if the file is missing or does not match this version of Hadal
 */
export function readAgentsDescription(root: string): AgentsDescription | undefined {
  const path = join(root, agentsDescriptionFile)
  if (!existsSync(path)) return undefined
  try {
    return AgentsDescription.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}
