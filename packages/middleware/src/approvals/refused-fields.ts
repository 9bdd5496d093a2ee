import { Validator } from '@langchain/core/utils/json_schema'
import { interopSafeParseAsync, isInteropZodSchema } from '@langchain/core/utils/types'
import { isObject } from '../unknown-value.ts'

/** Errors of arguments that do not match a tool's schema: their paths for the audit, which has no arguments, and a sentence for the model. */
export interface RefusedFields {
  readonly paths: string
  readonly sentence: string
}

/**
 * Validates arguments with a tool's schema, as LangChain does when it calls the tool.
 *
 * @param tool a LangChain tool; a tool without a schema accepts all arguments
 * @returns undefined if the arguments are valid
 */
export async function refusedFields(
  tool: unknown,
  args: Readonly<Record<string, unknown>>,
): Promise<RefusedFields | undefined> {
  const schema = isObject(tool) ? tool.schema : undefined
  if (isInteropZodSchema(schema)) {
    const parsed = await interopSafeParseAsync(schema, args)
    return parsed.success
      ? undefined
      : refusedBy(parsed.error.issues.map(({ path, message }) => [path.join('.'), message]))
  }
  if (!isObject(schema)) return undefined
  const { valid, errors } = new Validator(schema).validate(args)
  // The validator also reports the objects around an invalid field: the longest path is that of the field.
  const [deepest] = errors.toSorted((a, b) => b.instanceLocation.length - a.instanceLocation.length)
  if (valid || !deepest) return undefined
  return refusedBy([[deepest.instanceLocation.replace(/^#\/?/, '').replaceAll('/', '.'), deepest.error]])
}

const refusedBy = (issues: readonly (readonly [path: string, message: string])[]): RefusedFields => ({
  paths: issues.map(([path]) => path || 'the arguments').join(', '),
  sentence: issues.map(([path, message]) => `${path || 'the arguments'}: ${message}`).join('; '),
})
