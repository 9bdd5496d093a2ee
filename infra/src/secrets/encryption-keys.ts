import type { Environment } from '@hadal/platform/environment'
import { fernetKey } from '@hadal/platform/fernet'
import type * as pulumi from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import { dataOptions } from '../data-options.ts'

/** Which of the keys that were ever made are in use: all from the oldest to the newest. */
export interface KeyRange {
  readonly newest: number
  readonly oldest: number
}

/**
 * Fernet keys, newest first. Each is made once and stays what it is: a new one gets the next number, and an old one goes only when the range
 * leaves it out, after everything that it encrypted was encrypted anew.
 */
export function encryptionKeys(
  environment: Environment,
  { newest, oldest }: KeyRange,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
  const numbers = Array.from({ length: newest - oldest + 1 }, (_key, index) => newest - index)
  return numbers.map((number) =>
    new random.RandomBytes(
      `encryption-key-${number}`,
      { length: 32 },
      { ...opts, ...dataOptions(environment) },
    ).base64.apply((base64) => fernetKey(Buffer.from(base64, 'base64'))),
  )
}
