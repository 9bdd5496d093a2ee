import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Checker, Project } from 'typescript/unstable/async'
import type { GraphEntry } from '../langgraph-json.ts'
import type { Compiler, Type } from './compiler.ts'
import type { GraphSchemas, JsonSchema } from './graph-schemas.ts'
import { TypeSchemas } from './type-schema.ts'

/** Kind of the compiler's `SignatureKind` for a call. */
const call = 0

/** Nearest tsconfig.json in a folder or above it. */
function tsconfigAbove(folder: string): string | undefined {
  const file = join(folder, 'tsconfig.json')
  if (existsSync(file)) return file
  const above = dirname(folder)
  return above === folder ? undefined : tsconfigAbove(above)
}

/** Text of a tsconfig.json with exactly these files, and otherwise the options of the project. */
const configOf = (folder: string, files: readonly string[]): string => {
  const base = tsconfigAbove(folder)
  const options = { noEmit: true, composite: false, incremental: false, strict: true, skipLibCheck: true }
  const own = { module: 'nodenext', target: 'es2024', allowImportingTsExtensions: true }
  return JSON.stringify({
    ...(base ? { extends: base } : {}),
    compilerOptions: { ...(base ? {} : own), ...options },
    files,
    include: [],
  })
}

/**
 * Reads the schemas of graphs from the TypeScript types of their modules: for a state that is an Annotation, whose types exist at compile time only.
 *
 * @param file path of the langgraph.json
 * @returns schemas by graph id. A graph that is not made of channels, or whose module has no types, is left out. And the paths of all files that the
 * compiler read, except those that are part of the compiler
 */
export async function extractTypeSchemas(
  { API }: Compiler,
  file: string,
  entries: readonly GraphEntry[],
): Promise<{ schemas: Record<string, GraphSchemas>; sources: readonly string[] }> {
  const folder = dirname(resolve(file))
  const modules = entries.map(({ id, modulePath, exportName }) => ({
    id,
    exportName,
    path: resolve(folder, modulePath),
  }))
  // The compiler reads this file from here; it is never written.
  const config = join(folder, '.hadal-schemas.tsconfig.json')
  const text = configOf(folder, [...new Set(modules.map(({ path }) => path))])
  const api = new API({
    cwd: folder,
    fs: {
      readFile: (name) => (name === config ? text : undefined),
      fileExists: (name) => (name === config ? true : undefined),
    },
  })
  try {
    const snapshot = await api.updateSnapshot({ openProjects: [config] })
    const project = snapshot.getProject(config)
    const found: Record<string, GraphSchemas> = {}
    for (const { id, path, exportName } of project ? modules : []) {
      const type = project && (await exportedType(project, path, exportName))
      const graph = type && (await graphType(project.checker, type))
      const schemas = graph && (await schemasOf(project.checker, graph))
      if (schemas) found[id] = schemas
    }
    const names = project ? await project.program.getSourceFileNames() : []
    return { schemas: found, sources: names.filter((name) => existsSync(name)) }
  } finally {
    await api.close()
  }
}

async function exportedType({ program, checker }: Project, path: string, name: string): Promise<Type | undefined> {
  const source = await program.getSourceFile(path)
  const module = source && (await checker.getSymbolAtLocation(source))
  const all = module ? await checker.getExportsOfModule(module) : []
  const symbol = all.find((one) => one.name === name)
  return symbol && checker.getTypeOfSymbol(symbol)
}

async function propertyType(checker: Checker, type: Type, name: string): Promise<Type | undefined> {
  const property = await checker.getPropertyOfType(type, name)
  return property && checker.getTypeOfSymbol(property)
}

async function returnType(checker: Checker, type: Type): Promise<Type | undefined> {
  const [signature] = await checker.getSignaturesOfType(type, call)
  return signature && checker.getReturnTypeOfSignature(signature)
}

/** Returns the type of the compiled graph in an export: a graph, a builder, an agent with a graph inside, or a function or promise of one of these. */
async function graphType(checker: Checker, type: Type, depth = 0): Promise<Type | undefined> {
  if (depth > 4) return undefined
  if (await checker.getPropertyOfType(type, '~RunOutput')) return type
  const compile = await propertyType(checker, type, 'compile')
  const then = !compile && (await propertyType(checker, type, 'then'))
  const inner = then
    ? await awaitedType(checker, then)
    : ((compile && (await returnType(checker, compile))) ??
      (await propertyType(checker, type, 'graph')) ??
      (await returnType(checker, type)))
  return inner && graphType(checker, inner, depth + 1)
}

/** Returns the type of a promise's value by the type of its `then`. */
async function awaitedType(checker: Checker, then: Type): Promise<Type | undefined> {
  const [signature] = await checker.getSignaturesOfType(then, call)
  const [onValue] = signature ? await signature.getParameters() : []
  const listener = onValue && (await checker.getTypeOfSymbol(onValue))
  const callable = listener && (await checker.getNonNullableType(listener))
  const [called] = callable ? await checker.getSignaturesOfType(callable, call) : []
  const [value] = called ? await called.getParameters() : []
  return value && checker.getTypeOfSymbol(value)
}

/** Returns the schemas of a compiled graph; undefined if its types do not say more than the names of its channels. */
async function schemasOf(checker: Checker, graph: Type): Promise<GraphSchemas | undefined> {
  const builder = await propertyType(checker, graph, 'builder')
  const state = await propertyType(checker, graph, '~RunOutput')
  if (!builder || !state) return undefined
  const input = await propertyType(checker, builder, '_inputDefinition')
  const output = await propertyType(checker, builder, '_outputDefinition')
  const context = await propertyType(checker, builder, '_configSchema')
  const schemas = {
    state: await stateSchema(checker, state),
    input: input && (await schemaOfChannels(checker, input, 'UpdateType')),
    output: output && (await schemaOfChannels(checker, output, 'ValueType')),
    context: context && (await schemaOfChannels(checker, context, 'UpdateType')),
  }
  return Object.values(schemas).some((schema) => schema !== undefined) ? withProperties(schemas) : undefined
}

/** Returns the schema of a state. No channel is required: a channel that nothing has written is absent. */
async function stateSchema(checker: Checker, type: Type): Promise<JsonSchema | undefined> {
  const { required: _, ...schema } = (await new TypeSchemas(checker, 'state').of(type)) ?? {}
  return schema
}

/** Leaves out schemas without a property: their types are not known. */
function withProperties(schemas: GraphSchemas): GraphSchemas {
  return Object.fromEntries(
    Object.entries(schemas).filter(([, schema]) => schema !== undefined && 'properties' in schema),
  )
}

/** Returns the schema of a definition of channels: of the values that its channels have, or of the updates that they take. */
async function schemaOfChannels(
  checker: Checker,
  definition: Type,
  side: 'ValueType' | 'UpdateType',
): Promise<JsonSchema | undefined> {
  const properties: Record<string, JsonSchema> = {}
  const defined = await checker.getNonNullableType(definition)
  for (const channel of defined ? await checker.getPropertiesOfType(defined) : []) {
    const type = await checker.getTypeOfSymbol(channel)
    const made = type && ((await returnType(checker, type)) ?? type)
    const value = made && (await propertyType(checker, made, side))
    const schema = value && (await new TypeSchemas(checker, side === 'UpdateType' ? 'input' : 'state').of(value))
    if (!schema) continue
    const description = await channel.getDocumentationComment(checker)
    properties[channel.name] = description ? { ...schema, description } : schema
  }
  return { type: 'object', ...(Object.keys(properties).length > 0 ? { properties } : {}) }
}
