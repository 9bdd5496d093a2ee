import { z } from 'zod'

const PackageKeys = z.record(z.string(), z.string().min(1))

/** Keys by provider in the JSON of `MODEL_PACKAGE_KEYS`. @throws Error without the keys if it is invalid */
export function packageKeys(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {}
  try {
    return PackageKeys.parse(JSON.parse(text))
  } catch {
    // The error of the parser would quote a key.
    throw new Error(
      'MODEL_PACKAGE_KEYS is not a JSON object with the keys as texts. Write it as {"<provider>": "<key>"}.',
    )
  }
}
