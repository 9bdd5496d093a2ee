import { rangeContainsRange } from '@hadal/platform/address-ranges'
import { clientSources } from '@hadal/platform/client-sources'
import type { Environment } from '@hadal/platform/environment'
import type { ConfigurationDanger } from './configuration-danger.ts'

const why = 'Clients that use it can no longer connect.'

/** Finds host names, namespaces and addresses from which clients or their proxies can no longer reach the API. */
export function lostClients(before: Environment, after: Environment): ConfigurationDanger[] {
  const [old, fresh] = [before.exposure, after.exposure]
  const found: ConfigurationDanger[] = []
  if (old.kind !== 'internal' && !(fresh.kind !== 'internal' && fresh.host === old.host))
    found.push({ rule: 'lost-clients', field: 'exposure', what: `The API is no longer served as ${old.host}.`, why })
  // A proxy that forwards to an API which is no longer exposed has nothing to reach.
  const lost = old.kind !== 'internal' && fresh.kind === 'internal' ? [] : lostSources(before, after)
  if (lost.length > 0)
    found.push({
      rule: 'lost-clients',
      field: 'exposure',
      what: `The API is no longer reachable ${old.kind === 'internal' ? 'inside the cluster ' : ''}from: ${lost.join(', ')}.`,
      why,
    })
  return found
}

/** Namespaces and IPv4 ranges from which connections to the API are no longer allowed. */
function lostSources(before: Environment, after: Environment): string[] {
  const [old, fresh] = [clientSources(before), clientSources(after)]
  return [
    ...old.namespaces.filter((namespace) => !fresh.namespaces.includes(namespace)),
    ...old.addresses.filter((range) => !fresh.addresses.some((wide) => rangeContainsRange(wide, range))),
  ]
}
