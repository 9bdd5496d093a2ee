import { nearestName } from '@hadal/platform/nearest-name'
import { z } from 'zod'

/** Beginning of the message about unknown fields of an object that refuses them. Zod's own message begins differently. */
const refused = 'unknown field.'

/** Whether an object refuses the unknown fields of an issue, instead of ignoring them. */
export const isRefused = ({ message }: z.core.$ZodIssueUnrecognizedKeys): boolean => message.startsWith(refused)

/**
 * Error map of Zod that refuses unknown fields: a message with the nearest known name, or with all known names. Undefined for other issues.
 */
export function refuseUnknown({ code, keys, inst }: z.core.$ZodRawIssue): string | undefined {
  if (code !== 'unrecognized_keys' || !Array.isArray(keys)) return undefined
  const known = inst instanceof z.ZodObject ? Object.keys(inst.shape) : []
  const near = new Set(keys.flatMap((key) => nearestName(String(key).slice(0, 100), known) ?? []))
  if (near.size > 0) return `${refused} Did you mean ${[...near].map((name) => `"${name}"`).join(' and ')}?`
  return `${refused} ${known.length > 0 ? `Allowed fields: ${known.join(', ')}.` : 'Leave it out.'}`
}

/**
 * A schema of an object in a request that refuses unknown fields, where ignoring one would widen the effect of the request: a misspelt filter of a
 * removal would remove more. Other objects use `z.strictObject`: the server ignores their unknown fields and names them in the response.
 */
export const exactObject = <Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<z.core.util.Writeable<Shape>, z.core.$strict> => z.strictObject(shape, { error: refuseUnknown })
