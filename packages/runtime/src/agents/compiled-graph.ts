import type { RunnableGraph } from './loaded-agent.ts'

const has = <Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> =>
  value !== null && (typeof value === 'object' || typeof value === 'function') && key in value

const isGraph = (value: unknown): value is RunnableGraph => has(value, 'lg_is_pregel') && value.lg_is_pregel === true

const isBuilder = (value: unknown): value is { compile: () => unknown } =>
  has(value, 'compile') && typeof value.compile === 'function'

const isClass = (value: unknown): boolean => typeof value === 'function' && /^class\b/.test(String(value))

/** A function that builds a graph from the configuration of its use. */
export type GraphFunction = (config: unknown) => unknown

/** Whether an export is a function that builds a graph. */
export const isGraphFunction = (value: unknown): value is GraphFunction =>
  typeof value === 'function' && !isGraph(value) && !isClass(value)

/** Returns the keys of a LangChain agent's context schema; undefined if it has none, or another one than a Zod object. */
function contextKeys(agent: unknown): string[] | undefined {
  const schema = has(agent, 'options') && has(agent.options, 'contextSchema') ? agent.options.contextSchema : undefined
  return has(schema, 'shape') && typeof schema.shape === 'object' ? Object.keys(schema.shape ?? {}) : undefined
}

/** Compiled graph of an export, and the context keys that its author declared. */
export interface CompiledGraph {
  readonly graph: RunnableGraph
  readonly declaredContext?: readonly string[] | undefined
}

/**
 * Returns the compiled graph in the export of an agent's module: the export itself, the graph inside a LangChain or deep agent, or the graph that a
 * builder compiles. Undefined for any other value.
 */
export function compiledGraph(value: unknown): CompiledGraph | undefined {
  if (isGraph(value)) return { graph: value }
  if (has(value, 'graph') && isGraph(value.graph)) return { graph: value.graph, declaredContext: contextKeys(value) }
  const compiled = isBuilder(value) ? value.compile() : undefined
  return isGraph(compiled) ? { graph: compiled } : undefined
}

/** Describes a value that is not a graph, for an error. */
export function kindOfValue(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (isClass(value)) return 'a class'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object of another kind'
  return `the ${typeof value} ${JSON.stringify(value) ?? ''}`.trimEnd()
}
