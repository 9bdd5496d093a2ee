import type { Environment } from '@hadal/platform/environment'
import { fernetKey } from '@hadal/platform/fernet'
import type * as pulumi from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import { dataOptions } from '../data-options.ts'

/** Range of the encryption keys in use, by their numbers: all keys from the oldest to the newest. */
export interface KeyRange {
  readonly newest: number
  readonly oldest: number
}

/**
 * Creates Fernet keys, newest first. A key never changes after its creation. A new key gets the next number. An old key is removed when the range
 * no longer includes it, after everything that it encrypted was encrypted again.
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
