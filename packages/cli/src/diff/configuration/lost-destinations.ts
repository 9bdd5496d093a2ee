import { rangeContainsRange } from '@hadal/platform/address-ranges'
import type { Environment } from '@hadal/platform/environment'
import type { Destination } from '@hadal/platform/schema/destination'
import type { ConfigurationDanger } from './configuration-danger.ts'

/** Finds destinations to which pods can no longer connect: those of agents, DNS resolvers, and addresses of the API server. */
export function lostDestinations(before: Environment, after: Environment): ConfigurationDanger[] {
  return [
    ...lost('egress', Object.values(before.egress), Object.values(after.egress), 'Tools of agents that need it fail.'),
    ...lost(
      'cluster.dns',
      before.cluster.dns,
      after.cluster.dns,
      'Without a resolver that answers, pods find neither the database nor a model.',
    ),
    ...lost(
      'cluster.apiServerAddresses',
      apiServers(before),
      apiServers(after),
      'If the API server has one of these addresses, CloudNativePG can not fail over, and agents get no sandbox.',
    ),
  ]
}

/** The addresses of the API server to which pods may connect. Without the field, they may connect to every address. */
const apiServers = ({ cluster }: Environment): Destination[] => [
  { kind: 'addresses', cidrs: cluster.apiServerAddresses ?? ['0.0.0.0/0'], ports: [443, 6443] },
]

function lost(
  field: string,
  before: readonly Destination[],
  after: readonly Destination[],
  why: string,
): ConfigurationDanger[] {
  const left = after.flatMap(openings)
  const gone = before.flatMap(openings).filter((opening) => !left.some((wide) => covers(wide, opening)))
  if (gone.length === 0) return []
  const what = `Pods can no longer connect to: ${[...new Set(gone.map(({ text }) => text))].join('; ')}.`
  return [{ rule: 'lost-destinations', field, what, why }]
}

interface Opening {
  readonly to: Destination
  readonly cidr: string
  readonly port: number
  readonly text: string
}

/** The openings of a destination, one for each range and port. The range of pods is empty. */
function openings(to: Destination): Opening[] {
  const peers = to.kind === 'addresses' ? to.cidrs : ['']
  return peers.flatMap((cidr) =>
    to.ports.map((port) => ({
      to,
      cidr,
      port,
      text: `${cidr || `pods in ${to.kind === 'pods' ? to.namespace : ''}`} on ${port}`,
    })),
  )
}

function covers(wide: Opening, opening: Opening): boolean {
  if (wide.port !== opening.port) return false
  if (wide.to.kind === 'addresses')
    return opening.to.kind === 'addresses' && rangeContainsRange(wide.cidr, opening.cidr)
  const { to } = opening
  if (to.kind !== 'pods' || to.namespace !== wide.to.namespace) return false
  return Object.entries(wide.to.labels).every(([key, value]) => to.labels[key] === value)
}
