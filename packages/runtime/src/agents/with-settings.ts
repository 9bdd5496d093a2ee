import { ValueName } from '@hadal/platform/schema/agent-values'
import type { z } from 'zod'
import type { AgentBuildConfig } from './agent-settings.ts'

/** Schemas of the settings or secrets of an agent, by name, e.g. `{ GITHUB_ORG: z.string() }`. */
export type ValueSchemas = Readonly<Record<string, z.ZodType>>

/** Settings and secrets that an agent needs. The environment gives their values in its field `agents`. */
export interface AgentDeclaration {
  readonly settings: ValueSchemas
  readonly secrets: ValueSchemas
}

/** Parsed values, by name. */
type Values<Schemas extends ValueSchemas> = { readonly [Name in keyof Schemas]: z.output<Schemas[Name]> }

/** Argument of a graph function that declares settings and secrets. */
export interface DeclaredBuildConfig<Settings extends ValueSchemas, Secrets extends ValueSchemas>
  extends AgentBuildConfig {
  readonly settings: AgentBuildConfig['settings'] & Values<Settings>
  readonly secrets: Values<Secrets>
}

const declarations = new WeakMap<object, AgentDeclaration>()

/**
 * Declares the settings and secrets of a graph function, which receives their parsed values. It works for agents of `defineAgent` and for any other
 * graph.
 *
 * @param declared schemas by name. A value with an optional schema may be missing
 * @param build the graph function
 * @throws Error if a name is invalid, or is declared both as a setting and as a secret
 */
export function withSettings<
  Settings extends ValueSchemas = Record<never, never>,
  Secrets extends ValueSchemas = Record<never, never>,
  Graph = unknown,
>(
  declared: { readonly settings?: Settings; readonly secrets?: Secrets },
  build: (config: DeclaredBuildConfig<Settings, Secrets>) => Graph,
): (config: DeclaredBuildConfig<Settings, Secrets>) => Graph {
  const declaration: AgentDeclaration = { settings: declared.settings ?? {}, secrets: declared.secrets ?? {} }
  checkNames(declaration)
  const graph = (config: DeclaredBuildConfig<Settings, Secrets>): Graph => build(config)
  declarations.set(graph, declaration)
  return graph
}

function checkNames({ settings, secrets }: AgentDeclaration): void {
  const names = [...Object.keys(settings), ...Object.keys(secrets)]
  const invalid = names.filter((name) => !ValueName.safeParse(name).success)
  if (invalid.length > 0)
    throw new Error(
      `withSettings declares ${invalid.join(', ')}. A name has upper-case letters, digits and "_", and begins with a letter, such as GITHUB_TOKEN`,
    )
  const both = Object.keys(settings).filter((name) => Object.hasOwn(secrets, name))
  if (both.length > 0)
    throw new Error(`withSettings declares ${both.join(', ')} as a setting and as a secret. Declare it once`)
}

/** Returns the settings and secrets that a graph function declares; undefined if it declares none. */
export function declarationOf(exported: unknown): AgentDeclaration | undefined {
  return typeof exported === 'function' ? declarations.get(exported) : undefined
}

/** Whether a setting or secret with this schema must be given. */
export const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success
