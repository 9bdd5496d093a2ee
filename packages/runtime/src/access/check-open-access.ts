import type { ContainerVariables } from '@hadal/platform/container-variables'
import { isLoopback } from './is-loopback.ts'

/**
 * Refuses to serve callers of other machines without sign-in, unless the variable `ACCESS` says so.
 *
 * @param isSet whether the environment of the process has the variable `ACCESS`
 * @throws Error with the ways out
 */
export function checkOpenAccess(
  { ACCESS, HOST, ROLE }: Pick<ContainerVariables, 'ACCESS' | 'HOST' | 'ROLE'>,
  isSet: boolean,
): void {
  if (isSet || ACCESS.kind !== 'open' || ROLE === 'worker' || isLoopback(HOST)) return
  throw new Error(
    `ACCESS is not set, and the server listens on ${HOST ? `HOST = "${HOST}"` : 'all addresses'}: everyone who reaches it could do everything. ` +
      'Set ACCESS, such as {"kind": "api-keys"}; or HOST to 127.0.0.1; or ACCESS to {"kind": "open"} if you trust everyone who reaches the server.',
  )
}
