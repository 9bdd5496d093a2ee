import { z } from 'zod'
import type { ReadAgentValues } from './agent-values.ts'
import { isRequired, type ValueSchemas } from './with-settings.ts'

/** Returns the JSON Schema of a setting's input. */
export const inputSchema = (schema: z.ZodType) => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

/**
 * Returns placeholders for the settings and secrets of an agent that is built without an environment, because it is only described or tested: the
 * default, the first example, or a value that the schema accepts.
 */
export const placeholderValues: ReadAgentValues = (graph, { settings, secrets }) => {
  const problems: string[] = []
  const values = (schemas: ValueSchemas) =>
    Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => {
        const result = schema.safeParse(isRequired(schema) ? placeholder(inputSchema(schema)) : undefined)
        if (!result.success)
          problems.push(
            `agent "${graph}" can't be described, because no placeholder for ${name} is known. Add an example to its schema: .meta({ examples: [...] }).`,
          )
        return [name, result.data] as const
      }),
    )
  return { settings: values(settings), secrets: values(secrets), problems, notices: [] }
}

function placeholder(schema: ReturnType<typeof inputSchema>): unknown {
  const [example] = [...(schema.examples ?? []), ...(schema.enum ?? [])]
  if (example !== undefined) return example
  if (schema.const !== undefined) return schema.const
  if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? schema.maximum ?? 1
  if (schema.type === 'boolean') return false
  if (schema.type === 'array') return []
  if (schema.format === 'uri') return 'https://placeholder.invalid/'
  return 'placeholder'.padEnd(schema.minLength ?? 0, '-').slice(0, schema.maxLength)
}
