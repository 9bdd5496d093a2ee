import { isObject, isRecord } from '@hadal/middleware/unknown-value'
import {
  getConfigTypeSchema,
  getInputTypeSchema,
  getOutputTypeSchema,
  getStateTypeSchema,
} from '@langchain/langgraph/zod/schema'
import type { GraphSchemas, JsonSchema } from './graph-schemas.ts'
import { messagesInputSchema, messagesSchema } from './message-schemas.ts'

/** Calls a converter of LangGraph. Undefined for a graph without such a schema, and for one that JSON Schema can't express, such as a transform. */
function converted(convert: (graph: unknown) => unknown, graph: object): JsonSchema | undefined {
  try {
    const schema = convert(graph)
    return isRecord(schema) ? schema : undefined
  } catch {
    return undefined
  }
}

/** Adds the type of messages to a schema, in which LangGraph only marks them. */
function withMessages(schema: JsonSchema | undefined, messages: JsonSchema): JsonSchema | undefined {
  if (!schema || !isRecord(schema.properties)) return schema
  const properties = Object.entries(schema.properties).map(([name, property]) =>
    isRecord(property) && property.langgraph_type === 'messages' && property.type === undefined
      ? [name, { ...property, ...messages }]
      : [name, property],
  )
  return { ...schema, properties: Object.fromEntries(properties) }
}

/** Whether a channel of an Annotation appends messages. Compared by name, because the graph may use another copy of LangGraph. */
function holdsMessages(channel: unknown): boolean {
  const made: unknown = typeof channel === 'function' ? channel() : channel
  const reducer = isObject(made) ? Reflect.get(made, 'operator') : undefined
  return typeof reducer === 'function' && reducer.name === 'messagesStateReducer'
}

/** Returns a schema with the names of a definition's channels, each with any value: an Annotation has no types at run time. */
function namesOf(definition: unknown, messages: JsonSchema): JsonSchema | undefined {
  if (!isRecord(definition)) return undefined
  const names = Object.keys(definition).filter((name) => !name.startsWith('__'))
  if (names.length === 0) return undefined
  const properties = names.map((name) => [name, holdsMessages(definition[name]) ? messages : {}])
  return { type: 'object', properties: Object.fromEntries(properties) }
}

/**
 * Completes a schema by that of the names of channels: with the channels that the schema leaves out because JSON Schema can't express them, and with
 * what the names say about channels that have any value.
 */
function completed(schema: JsonSchema | undefined, names: JsonSchema | undefined): JsonSchema | undefined {
  if (!schema || !isRecord(schema.properties) || !isRecord(names?.properties)) return schema ?? names
  const known = Object.entries(schema.properties).filter(
    ([, property]) => isRecord(property) && Object.keys(property).length > 0,
  )
  return { ...schema, properties: { ...schema.properties, ...names.properties, ...Object.fromEntries(known) } }
}

/** Returns the schemas of a graph whose state is a Zod object or a StateSchema. A schema of another kind is absent. */
export function runtimeSchemas(graph: object): GraphSchemas {
  return {
    state: withMessages(converted(getStateTypeSchema, graph), messagesSchema),
    input: withMessages(converted(getInputTypeSchema, graph), messagesInputSchema),
    output: withMessages(converted(getOutputTypeSchema, graph), messagesSchema),
    context: converted(getConfigTypeSchema, graph),
  }
}

/**
 * Completes the schemas of a graph by the names of its channels.
 *
 * @param all schemas of the graph; the first that is known counts
 */
export function completedSchemas(graph: object, ...all: readonly GraphSchemas[]): GraphSchemas {
  const builder: unknown = Reflect.get(graph, 'builder')
  const namesIn = (definition: string, messages: JsonSchema): JsonSchema | undefined =>
    isObject(builder) ? namesOf(Reflect.get(builder, definition), messages) : undefined
  return {
    state: completed(all.find(({ state }) => state)?.state, namesIn('_schemaDefinition', messagesSchema)),
    input: completed(all.find(({ input }) => input)?.input, namesIn('_inputDefinition', messagesInputSchema)),
    output: completed(all.find(({ output }) => output)?.output, namesIn('_outputDefinition', messagesSchema)),
    context: all.find(({ context }) => context)?.context,
  }
}
