import type { ContainerVariables } from '@hadal/platform/container-variables'
import { isLoopback } from '../access/is-loopback.ts'

/** Names of the loopback addresses in URLs. */
const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** Host names by which clients may call the server; empty for any. A server without sign-in on a loopback address always has a list. */
export function allowedHosts({
  ACCESS,
  HOST,
  ALLOWED_HOSTS: given,
}: Pick<ContainerVariables, 'ACCESS' | 'HOST' | 'ALLOWED_HOSTS'>): readonly string[] {
  const isLocal = ACCESS.kind === 'open' && isLoopback(HOST)
  return isLocal ? [...new Set([...loopbackNames, ...given])] : given
}
