import { existsSync, readFileSync } from 'node:fs'
import type { AgentPlatform } from './agent-platform.ts'
import type { AgentBuildConfig, AgentSettings } from './agent-settings.ts'
import type { ReadAgentValues } from './agent-values.ts'
import { reason } from './import-export.ts'
import { parseLanggraphJson } from './langgraph-json.ts'
import { listAgent } from './list-agent.ts'
import type { ListedAgents } from './loaded-agent.ts'
import { placeholderValues } from './placeholder-values.ts'
import { replacementNotices } from './shared-packages.ts'

/** Thrown for a `langgraph.json` that can't be served. Its message has one sentence per problem, for the operator to read. */
export class LoadAgentsError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'LoadAgentsError'
    this.problems = problems
  }
}

export interface LoadResult {
  readonly agents: ListedAgents
  /** Warnings about a langgraph.json for the log: one sentence per field that is accepted but has no effect. */
  readonly notices: readonly string[]
}

/**
 * Reads a `langgraph.json`, imports each graph's module and compiles it. A graph that can't be loaded is listed with its problem, and the others are
 * served, unless none is left.
 *
 * @param file path of the langgraph.json; module paths are relative to its folder
 * @param settings passed to graph functions
 * @param platform the server's connections and settings for agents; undefined if agents are only described or tested
 * @param valuesOf reads the settings and secrets that agents declare. Default: placeholders
 * @throws LoadAgentsError with a sentence for every problem of the file, for every missing value, and for the graphs if none can be loaded
 */
export async function loadAgents(
  file: string,
  settings: AgentSettings = {},
  platform?: AgentPlatform,
  valuesOf: ReadAgentValues = placeholderValues,
): Promise<LoadResult> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const why = existsSync(file) ? reason(error) : 'the file does not exist'
    throw new LoadAgentsError([
      `${file} can't be read: ${why}. Set AGENTS_CONFIG to the path of the agents' langgraph.json.`,
    ])
  }
  const parsed = parseLanggraphJson(file, text)
  if (parsed.problems.length > 0) throw new LoadAgentsError(parsed.problems)
  const config: AgentBuildConfig = { configurable: {}, settings, platform }
  const [notices, problems] = [[...parsed.notices], [] as string[]]
  const listed = await Promise.all(
    parsed.graphs.map((entry) => listAgent(file, entry, { config, valuesOf, notices, problems })),
  )
  if (problems.length > 0) throw new LoadAgentsError(problems)
  const broken = listed.flatMap(({ problem }) => problem ?? [])
  if (broken.length === listed.length) throw new LoadAgentsError(broken)
  return {
    agents: new Map(listed.map((agent) => [agent.graphId, agent])),
    notices: [...notices, ...replacementNotices()],
  }
}
