import { dirname, resolve } from 'node:path'
import { DnsLabel } from '@hadal/platform/schema/scalars'
import { AgentRefused } from './agent-refused.ts'
import type { AgentBuildConfig } from './agent-settings.ts'
import type { ReadAgentValues } from './agent-values.ts'
import { type CompiledGraph, compiledGraph, isGraphFunction, kindOfValue } from './compiled-graph.ts'
import { describeAgent } from './define-agent.ts'
import { GraphUnavailable } from './graph-unavailable.ts'
import { importExport, inTime, reason, remedy } from './import-export.ts'
import type { GraphEntry } from './langgraph-json.ts'
import type { ListedAgent, LoadedAgent } from './loaded-agent.ts'
import { type AgentDeclaration, declarationOf } from './with-settings.ts'

const wanted =
  'Export a compiled graph, a StateGraph, the result of defineAgent or createDeepAgent, or a function that returns one of these'

export interface ListOptions {
  readonly config: AgentBuildConfig
  readonly valuesOf: ReadAgentValues
  /** Receives the warnings about the values of settings and secrets. */
  readonly notices: string[]
  /** Receives what the environment lacks, such as the value of a secret: the server must not start then. */
  readonly problems: string[]
}

/** Builds a graph from its export. @throws GraphUnavailable */
async function build(
  file: string,
  { id, modulePath, exportName }: GraphEntry,
  exported: unknown,
  config: unknown,
): Promise<CompiledGraph> {
  const at = `${file}: graph "${id}"`
  const isFunction = isGraphFunction(exported)
  let built: unknown
  let graph: CompiledGraph | undefined
  try {
    built = await inTime(Promise.resolve(isFunction ? exported(config) : exported))
    graph = compiledGraph(built)
  } catch (error) {
    throw new GraphUnavailable(
      `${at}: building "${exportName}" of ${modulePath} failed: ${reason(error)}. ${remedy(error, file)}`,
      error,
    )
  }
  if (graph) return graph
  const what = isFunction ? `is a function that returned ${kindOfValue(built)}` : `is ${kindOfValue(built)}`
  throw new GraphUnavailable(`${at}: the export "${exportName}" of ${modulePath} ${what}, not a graph. ${wanted}.`)
}

/** Reads the values that a graph declares. @returns the configuration with them; undefined if values are missing or invalid */
function withValues(
  file: string,
  id: string,
  declaration: AgentDeclaration | undefined,
  { config, valuesOf, notices, problems }: ListOptions,
): AgentBuildConfig | undefined {
  if (!declaration) return config
  if (!DnsLabel.safeParse(id).success) {
    problems.push(
      `${file}: graph "${id}" declares settings or secrets, but its name can't be part of the name of a Secret. Use at most 40 lower-case letters, digits and "-".`,
    )
    return undefined
  }
  const values = valuesOf(id, declaration)
  notices.push(...values.notices)
  problems.push(...values.problems.map((problem) => `${file}: ${problem}`))
  if (values.problems.length > 0) return undefined
  return Object.assign({ ...config, settings: { ...config.settings, ...values.settings } }, { secrets: values.secrets })
}

/**
 * Loads one graph. A graph that can't be loaded is listed with the reason.
 *
 * A function is called once here, without a client's configuration. If it returns what `defineAgent` made, that agent is always used. Any other
 * function is called again for each run and each read of a thread, as the public servers do. It then must not return what `defineAgent` made: the
 * approvals and findings of such an agent are recorded here, and a client's configuration must not change them.
 */
export async function listAgent(file: string, entry: GraphEntry, options: ListOptions): Promise<ListedAgent> {
  const at = `${file}: graph "${entry.id}"`
  const source = { file: resolve(dirname(file), entry.modulePath), exportName: entry.exportName }
  const listed = {
    graphId: entry.id,
    source,
    builtForEachUse: false,
    ...(entry.description ? { description: entry.description } : {}),
  }
  const unavailable = (error: GraphUnavailable): ListedAgent => ({
    ...listed,
    problem: error.message,
    load: () => Promise.reject(error),
  })
  try {
    const { value: exported } = await importExport(at, file, entry)
    const declaration = declarationOf(exported)
    const config = withValues(file, entry.id, declaration, options)
    if (!config) return unavailable(new GraphUnavailable(`${at} has invalid settings or secrets.`))
    const declared = { ...listed, ...(declaration ? { declaration } : {}) }
    const isFunction = isGraphFunction(exported)
    const first = await build(file, entry, exported, config).catch((error: GraphUnavailable) => error)
    const recorded = first instanceof GraphUnavailable ? undefined : describeAgent(first.graph)
    if (!isFunction || recorded) {
      if (first instanceof GraphUnavailable) return unavailable(first)
      const loaded = Promise.resolve({ graphId: entry.id, graph: first.graph })
      const clientContext = first.declaredContext ?? (recorded ? [] : undefined)
      return {
        ...declared,
        ...(clientContext ? { clientContext } : {}),
        ...(recorded ? { recorded } : {}),
        load: () => loaded,
      }
    }
    if (first instanceof GraphUnavailable) {
      if (first.cause instanceof AgentRefused) {
        if (first.cause.environmentLacks) options.problems.push(first.message)
        return unavailable(first)
      }
      options.notices.push(withoutConfiguration(first))
    }
    let late: LoadedAgent | undefined
    return {
      ...declared,
      builtForEachUse: true,
      load: async (use) => {
        if (late) return late
        // What failed at the start may work now, such as a connection that the function opens.
        const again =
          first instanceof GraphUnavailable ? await build(file, entry, exported, config).catch(() => {}) : undefined
        if (again && describeAgent(again.graph)) {
          late = { graphId: entry.id, graph: again.graph }
          return late
        }
        const { graph } = await build(file, entry, exported, { ...config, ...use })
        if (describeAgent(graph)) throw new GraphUnavailable(unrecorded(at))
        return { graphId: entry.id, graph }
      },
    }
  } catch (error) {
    if (error instanceof GraphUnavailable) return unavailable(error)
    throw error
  }
}

const withoutConfiguration = ({ message }: GraphUnavailable): string =>
  `${message} It was called without the configuration of a run. Each run calls it again with its own.`

const unrecorded = (at: string): string =>
  `${at} returned an agent of defineAgent only for the configuration of this run, so its approvals were not recorded at the start of the server. ` +
  'Return the agent without a configuration too.'
