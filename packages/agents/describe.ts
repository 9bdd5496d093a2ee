#!/usr/bin/env node
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { describeAgents, descriptionText } from '@hadal/runtime/agents/describe-agents'
import { LoadAgentsError } from '@hadal/runtime/agents/load-agents'

/*
 * Writes agents.json, the description of these agents and their server that `hadal check` reads: npm run describe
 */

const folder = import.meta.dirname
try {
  const description = await describeAgents(join(folder, 'langgraph.json'))
  writeFileSync(join(folder, 'agents.json'), descriptionText(description))
  const graphs = description.graphs.map(({ graph }) => graph).join(', ')
  process.stdout.write(`packages/agents/agents.json describes the server and ${graphs}.\n`)
} catch (error) {
  if (!(error instanceof LoadAgentsError)) throw error
  process.stderr.write(`describe: ${error.message}\n`)
  process.exitCode = 1
}
