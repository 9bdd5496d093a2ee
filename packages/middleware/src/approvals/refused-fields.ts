import { Validator } from '@langchain/core/utils/json_schema'
import { interopSafeParseAsync, isInteropZodSchema } from '@langchain/core/utils/types'
import { isObject } from '../unknown-value.ts'

/** What a tool's schema refuses: where, for the audit, which holds no arguments, and a sentence for the model. */
export interface RefusedFields {
  readonly paths: string
  readonly sentence: string
}

/**
 * Checks arguments by a tool's schema, as LangChain does once it has entered the tool.
 *
 * @param tool a LangChain tool; one without a schema takes everything
 * @returns undefined if the tool takes them
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
  // An error of a field comes behind those of the objects around it.
  const [deepest] = errors.toSorted((a, b) => b.instanceLocation.length - a.instanceLocation.length)
  if (valid || !deepest) return undefined
  return refusedBy([[deepest.instanceLocation.replace(/^#\/?/, '').replaceAll('/', '.'), deepest.error]])
}

const refusedBy = (issues: readonly (readonly [path: string, message: string])[]): RefusedFields => ({
  paths: issues.map(([path]) => path || 'the arguments').join(', '),
  sentence: issues.map(([path, message]) => `${path || 'the arguments'}: ${message}`).join('; '),
})
