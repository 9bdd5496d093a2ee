import { z } from 'zod'

/** Schema of an environment variable with a whole number between `least` and `most`. `standard` is its default. */
export const wholeNumber = (standard: string, least: number, most: number, unit?: string) => {
  const allowed = `Must be a whole number${unit ? ` of ${unit}` : ''} from ${least} to ${most}`
  return z
    .string()
    .default(standard)
    .transform((text) => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number(allowed).min(least, allowed).max(most, allowed))
}

/** Schema of an optional variable with an amount of US dollars above 0. */
export const dollars = () => {
  const allowed = 'Must be a number of US dollars above 0'
  return z
    .string()
    .transform((text) => (/^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number(allowed).positive(allowed))
    .optional()
}

/** Schema of an optional variable with a whole number of tokens above 0. */
export const tokens = () => {
  const allowed = 'Must be a whole number of tokens above 0'
  return z
    .string()
    .transform((text) => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number(allowed).positive(allowed))
    .optional()
}

/** Schema of an environment variable with a number from 0 to 1. `standard` is its default. */
export const share = (standard: string) => {
  const allowed = 'Must be a number from 0 to 1'
  return z
    .string()
    .default(standard)
    .transform((text) => (/^\d(\.\d{1,18})?(e-\d{1,3})?$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number(allowed).max(1, allowed))
}

/** Schema of an environment variable with one of the `choices`. `standard` is its default. */
export const oneOf = <const Choice extends readonly [string, ...string[]]>(choices: Choice, standard: Choice[number]) =>
  z
    .string()
    .default(standard)
    .pipe(z.enum(choices, `Must be one of ${choices.map((choice) => `"${choice}"`).join(', ')}`))

/** Schema of an environment variable with `true` or `false`. `standard` is its default. */
export const flag = (standard: 'true' | 'false') =>
  oneOf(['true', 'false'], standard).transform((text) => text === 'true')

/** Schema of a variable with a URL of one of the `schemes`, e.g. `https`. */
export const address = (schemes: readonly string[]) => {
  const allowed = `Must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`
  return z.string().refine((text) => {
    if (!URL.canParse(text)) return false
    return schemes.some((scheme) => new URL(text).protocol === `${scheme}:`)
  }, allowed)
}

/** Schema of a variable with JSON. `allowed` is the error message for other text. */
export const json = (allowed: string) =>
  z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue(allowed)
      return z.NEVER
    }
  })
