/** Kind of a JSON value: that of `typeof`, with `array` and `null` apart. */
const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

/** The value of a JSON text; undefined if the text is not JSON, or is a number that JavaScript can't represent exactly. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    const isExact =
      typeof value !== 'number' || (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value))
    return isExact ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Arguments that a person edited in a form, with the types of the original arguments: user interfaces show each argument in a text field, and send
 * `"2"` for a number. A text is converted only if its original is not a text and the text is JSON of the same kind as the original.
 */
export function typedArguments(
  edited: Readonly<Record<string, unknown>>,
  original: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(edited).map(([name, value]) => {
      if (typeof value !== 'string' || !Object.hasOwn(original, name) || typeof original[name] === 'string')
        return [name, value]
      const read = parsed(value)
      return [name, kindOf(read) === kindOf(original[name]) && original[name] !== null ? read : value]
    }),
  )
}
