import type { ContainerVariables } from '@hadal/platform/container-variables'
import { isLoopback } from '../access/is-loopback.ts'

/** Names of the loopback addresses in URLs. */
const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/**
 * Returns the host names by which clients may call the server; an empty list allows every name. A server on a loopback address that lets callers in
 * without a check always has a list.
 *
 * @param studio whether LangGraph Studio is let in without a check, which needs a loopback address
 */
export function allowedHosts(
  { ACCESS, HOST, ALLOWED_HOSTS: given }: Pick<ContainerVariables, 'ACCESS' | 'HOST' | 'ALLOWED_HOSTS'>,
  studio: boolean,
): readonly string[] {
  const isLocal = studio || (ACCESS.kind === 'open' && isLoopback(HOST))
  return isLocal ? [...new Set([...loopbackNames, ...given])] : given
}
