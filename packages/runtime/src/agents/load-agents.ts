import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DnsLabel } from '@hadal/platform/schema/scalars'
import type { AgentPlatform } from './agent-platform.ts'
import type { AgentBuildConfig, AgentSettings } from './agent-settings.ts'
import type { ReadAgentValues } from './agent-values.ts'
import { type GraphEntry, parseLanggraphJson } from './langgraph-json.ts'
import type { LoadedAgent, LoadedAgents, RunnableGraph } from './loaded-agent.ts'
import { placeholderValues } from './placeholder-values.ts'
import { declarationOf } from './with-settings.ts'

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
  readonly agents: LoadedAgents
  /** Warnings about a langgraph.json for the log: one sentence per field that is accepted but has no effect. */
  readonly notices: readonly string[]
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')

const has = <Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> =>
  value !== null && (typeof value === 'object' || typeof value === 'function') && key in value

const isGraph = (value: unknown): value is RunnableGraph => has(value, 'lg_is_pregel') && value.lg_is_pregel === true

const isBuilder = (value: unknown): value is { compile: () => unknown } =>
  has(value, 'compile') && typeof value.compile === 'function'

/** Returns the keys of a LangChain agent's context schema; empty if the schema is not a Zod object. */
function contextKeys(agent: unknown): string[] {
  const schema = has(agent, 'options') && has(agent.options, 'contextSchema') ? agent.options.contextSchema : undefined
  return has(schema, 'shape') && typeof schema.shape === 'object' ? Object.keys(schema.shape ?? {}) : []
}

/**
 * Returns the compiled graph in the export of an agent's module: the export itself, the graph inside a LangChain or deep agent, or the graph that a
 * builder compiles. Undefined for any other value.
 */
function toGraph(value: unknown): Pick<LoadedAgent, 'graph' | 'clientContext'> | undefined {
  if (isGraph(value)) return { graph: value }
  if (has(value, 'graph') && isGraph(value.graph)) return { graph: value.graph, clientContext: contextKeys(value) }
  const compiled = isBuilder(value) ? value.compile() : undefined
  return isGraph(compiled) ? { graph: compiled } : undefined
}

const isClass = (value: unknown): boolean => typeof value === 'function' && /^class\b/.test(String(value))

const whatItIs = (value: unknown): string => {
  if (value === null || value === undefined) return String(value)
  if (isClass(value)) return 'a class'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object of another kind'
  return `the ${typeof value} ${JSON.stringify(value) ?? ''}`.trimEnd()
}

const wanted =
  'Export a compiled graph, a StateGraph, the result of defineAgent or createDeepAgent, or a function that returns one of these'

interface GraphOptions {
  readonly config: AgentBuildConfig
  readonly valuesOf: ReadAgentValues
  readonly notices: string[]
}

/** Loads one graph. @returns the graph, or sentences about its problems */
async function loadGraph(
  file: string,
  entry: GraphEntry,
  { config, valuesOf, notices }: GraphOptions,
): Promise<LoadedAgent | string> {
  const at = `${file}: graph "${entry.id}"`
  const path = resolve(dirname(file), entry.modulePath)
  if (!existsSync(path)) {
    return `${at} names the module ${entry.modulePath}, but the file ${path} does not exist. Correct the path, which is relative to ${dirname(file)}.`
  }
  let exported: Record<string, unknown>
  try {
    exported = await import(pathToFileURL(path).href)
  } catch (error) {
    return `${at}: importing ${entry.modulePath} failed: ${reason(error)}. Correct the module.`
  }
  if (!(entry.exportName in exported)) {
    const names = Object.keys(exported)
    const there = names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}`
    return `${at} names the export "${entry.exportName}" of ${entry.modulePath}, but ${there}. Correct the name after the colon.`
  }
  const value = exported[entry.exportName]
  const asksForConfig = typeof value === 'function' && !isGraph(value) && !isClass(value)
  const declaration = declarationOf(value)
  if (declaration && !DnsLabel.safeParse(entry.id).success) {
    return `${at} declares settings or secrets, but its name can't be part of the name of a Secret. Use at most 40 lower-case letters, digits and "-".`
  }
  const values = declaration && valuesOf(entry.id, declaration)
  if (values && values.problems.length > 0) return values.problems.map((problem) => `${file}: ${problem}`).join('\n')
  notices.push(...(values?.notices ?? []))
  const own = values && { settings: { ...config.settings, ...values.settings }, secrets: values.secrets }
  try {
    const built: unknown = asksForConfig ? await value({ ...config, ...own }) : await value
    const graph = toGraph(built)
    if (graph)
      return {
        graphId: entry.id,
        ...graph,
        ...(declaration ? { declaration } : {}),
        ...(entry.description ? { description: entry.description } : {}),
      }
    const what = asksForConfig ? `is a function that returned ${whatItIs(built)}` : `is ${whatItIs(built)}`
    return `${at}: the export "${entry.exportName}" of ${entry.modulePath} ${what}, not a graph. ${wanted}.`
  } catch (error) {
    return `${at}: building "${entry.exportName}" of ${entry.modulePath} failed: ${reason(error)}. Correct the module.`
  }
}

/**
 * Reads a `langgraph.json`, imports each graph's module and compiles it once.
 *
 * @param file path of the langgraph.json; module paths are relative to its folder
 * @param settings passed to graph functions together with an empty `configurable`
 * @param platform the server's connections and settings for agents; undefined if agents are only described or tested
 * @param valuesOf reads the settings and secrets that agents declare. Default: placeholders
 * @throws LoadAgentsError with a sentence for every problem of the file and its modules
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
  const { graphs, notices, problems } = parseLanggraphJson(file, text)
  const config: AgentBuildConfig = { configurable: {}, settings, platform }
  const ofValues: string[] = []
  const loaded = await Promise.all(
    graphs.map((entry) => loadGraph(file, entry, { config, valuesOf, notices: ofValues })),
  )
  const all = [...problems, ...loaded.filter((result) => typeof result === 'string')]
  if (all.length > 0) throw new LoadAgentsError(all)
  const agents = loaded.filter((result) => typeof result !== 'string').map((agent) => [agent.graphId, agent] as const)
  return { agents: new Map(agents), notices: [...notices, ...ofValues] }
}
