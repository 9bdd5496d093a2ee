import type { Environment } from '@hadal/platform/environment'
import type { ConfigurationDanger } from './configuration-danger.ts'

const why = 'Clients that use it can no longer connect.'

/** Finds host names and namespaces from which clients can no longer reach the API. */
export function lostClients(before: Environment, after: Environment): ConfigurationDanger[] {
  const [old, fresh] = [before.exposure, after.exposure]
  const found: ConfigurationDanger[] = []
  if (old.kind !== 'internal' && !(fresh.kind !== 'internal' && fresh.host === old.host))
    found.push({ rule: 'lost-clients', field: 'exposure', what: `The API is no longer served as ${old.host}.`, why })
  const left = fresh.kind === 'internal' ? fresh.clientNamespaces : []
  const lost = old.kind === 'internal' ? old.clientNamespaces.filter((namespace) => !left.includes(namespace)) : []
  if (lost.length > 0)
    found.push({
      rule: 'lost-clients',
      field: 'exposure',
      what: `The API is no longer reachable inside the cluster from: ${lost.join(', ')}.`,
      why,
    })
  return found
}
