import { isIPv4 } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { selectorText } from '@hadal/charts/validate/label-selector'
import { at, listAt, textAt, textsAt } from '@hadal/charts/validate/read-json'
import { rangeContainsRange } from '@hadal/platform/address-ranges'

export type Direction = 'Ingress' | 'Egress'

/** An opening: traffic that a NetworkPolicy allows between the selected pods and one peer, on one port. */
export interface Opening {
  readonly direction: Direction
  readonly pods: Json | undefined
  /** Peer of the allowed network traffic. Undefined means every peer. */
  readonly peer: Json | undefined
  /** Port of the allowed network traffic. Undefined means every port. */
  readonly port: Json | undefined
}

/** Returns the directions of traffic that a NetworkPolicy restricts. */
export function directionsOf(policy: KubernetesObject): readonly Direction[] {
  const given = listAt(policy, 'spec', 'policyTypes')
  if (given.length > 0) return (['Ingress', 'Egress'] as const).filter((direction) => given.includes(direction))
  return listAt(policy, 'spec', 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress']
}

export function openingsOf(policy: KubernetesObject): readonly Opening[] {
  const pods = at(policy, 'spec', 'podSelector')
  return directionsOf(policy).flatMap((direction) =>
    listAt(policy, 'spec', direction.toLowerCase()).flatMap((rule) => {
      const peers = listAt(rule, direction === 'Ingress' ? 'from' : 'to')
      const ports = listAt(rule, 'ports')
      return orAny(peers).flatMap((peer) => orAny(ports).map((port): Opening => ({ direction, pods, peer, port })))
    }),
  )
}

/** Returns the peers or ports of a NetworkPolicy rule. An empty list means all of them, which is returned as one undefined item. */
const orAny = (items: readonly Json[]): readonly (Json | undefined)[] => (items.length > 0 ? items : [undefined])

/** Whether the allowed traffic of `wide` includes all allowed traffic of `opening`. */
export const covers = (wide: Opening, opening: Opening): boolean =>
  wide.direction === opening.direction &&
  selectorCovers(wide.pods, opening.pods) &&
  peerCovers(wide.peer, opening.peer) &&
  portCovers(wide.port, opening.port)

/** Whether the selector `wide` matches everything that `narrow` matches: each requirement of `wide` follows from one of `narrow`. */
export function selectorCovers(wide: Json | undefined, narrow: Json | undefined): boolean {
  if (isDeepStrictEqual(wide, narrow)) return true
  if (wide === undefined) return false
  const given = requirementsOf(narrow)
  return requirementsOf(wide).every((wanted) => given.some((one) => implies(one, wanted)))
}

interface Requirement {
  readonly key: string | undefined
  readonly operator: string | undefined
  readonly values: readonly Json[]
}

/** Requirements of a LabelSelector. A label of `matchLabels` is `In` with one value. */
const requirementsOf = (selector: Json | undefined): readonly Requirement[] => [
  ...Object.entries(textsAt(selector, 'matchLabels')).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [value],
  })),
  ...listAt(selector, 'matchExpressions').map((expression) => ({
    key: textAt(expression, 'key'),
    operator: textAt(expression, 'operator'),
    values: listAt(expression, 'values'),
  })),
]

/** Whether labels that meet the requirement `given` also meet `wanted`. */
function implies(given: Requirement, wanted: Requirement): boolean {
  if (given.key !== wanted.key) return false
  switch (wanted.operator) {
    case 'In':
      return given.operator === 'In' && given.values.every((value) => wanted.values.includes(value))
    case 'NotIn':
      if (given.operator === 'In') return !given.values.some((value) => wanted.values.includes(value))
      return (
        given.operator === 'DoesNotExist' ||
        (given.operator === 'NotIn' && wanted.values.every((value) => given.values.includes(value)))
      )
    case 'Exists':
      return given.operator === 'Exists' || given.operator === 'In'
    default:
      return wanted.operator === 'DoesNotExist' && given.operator === 'DoesNotExist'
  }
}

function peerCovers(wide: Json | undefined, peer: Json | undefined): boolean {
  if (wide === undefined || isDeepStrictEqual(wide, peer)) return true
  if (peer === undefined) return false
  const [range, inner] = [at(wide, 'ipBlock'), at(peer, 'ipBlock')]
  if (range !== undefined || inner !== undefined) return blockCovers(range, inner)
  // A peer without a namespace selector is in the policy's own namespace, which a namespace selector can't express.
  const [spaces, space] = [at(wide, 'namespaceSelector'), at(peer, 'namespaceSelector')]
  const ofSameSpaces = spaces === undefined ? space === undefined : space !== undefined && selectorCovers(spaces, space)
  const pods = at(wide, 'podSelector')
  return ofSameSpaces && (pods === undefined || selectorCovers(pods, at(peer, 'podSelector') ?? {}))
}

function portCovers(wide: Json | undefined, port: Json | undefined): boolean {
  if (wide === undefined || isDeepStrictEqual(wide, port)) return true
  if (port === undefined || (textAt(wide, 'protocol') ?? 'TCP') !== (textAt(port, 'protocol') ?? 'TCP')) return false
  const [from, inner] = [at(wide, 'port'), at(port, 'port')]
  if (from === undefined) return true
  const [to, innerTo] = [at(wide, 'endPort') ?? from, at(port, 'endPort') ?? inner]
  if (typeof from !== 'number' || typeof inner !== 'number') return from === inner
  return from <= inner && Number(innerTo) <= Number(to)
}

function blockCovers(wide: Json | undefined, block: Json | undefined): boolean {
  const [outer, inner] = [textAt(wide, 'cidr'), textAt(block, 'cidr')]
  if (!contains(outer, inner)) return false
  const excepted = listAt(block, 'except').map(String)
  // Each exception of `wide` must be an exception of `block` too, or lie outside of it.
  return listAt(wide, 'except')
    .map(String)
    .every((hole) => isOutside(hole, inner) || excepted.some((range) => contains(range, hole)))
}

/** Whether an IPv4 range contains another. False for other texts, such as IPv6 ranges. */
const contains = (wide: string | undefined, range: string | undefined): boolean =>
  isIpv4Range(wide) && isIpv4Range(range) && rangeContainsRange(wide, range)

/** Whether two IPv4 ranges share no address: two such ranges overlap only if one contains the other. False for other texts. */
const isOutside = (one: string, other: string | undefined): boolean =>
  isIpv4Range(one) && isIpv4Range(other) && !rangeContainsRange(one, other) && !rangeContainsRange(other, one)

function isIpv4Range(text: string | undefined): text is string {
  const [address = '', bits = ''] = (text ?? '').split('/')
  return isIPv4(address) && /^\d+$/.test(bits)
}

/** Formats traffic that a NetworkPolicy allows, e.g. `egress to 10.0.0.0/8 on 443/TCP`. */
export function openingText({ direction, peer, port }: Opening): string {
  const [word, side] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to']
  const number = at(port, 'port')
  const end = at(port, 'endPort')
  const ports =
    port === undefined
      ? 'every port'
      : `${number === undefined ? 'every port' : String(number)}${end === undefined ? '' : `–${String(end)}`}/${textAt(port, 'protocol') ?? 'TCP'}`
  return `${word} ${side} ${peerText(peer)} on ${ports}`
}

function peerText(peer: Json | undefined): string {
  if (peer === undefined) return 'anywhere'
  const block = at(peer, 'ipBlock')
  if (block !== undefined) {
    const except = listAt(block, 'except').length
    return `${textAt(block, 'cidr')}${except > 0 ? ` (except ${except} ${except === 1 ? 'range' : 'ranges'})` : ''}`
  }
  const pods = at(peer, 'podSelector')
  const spaces = at(peer, 'namespaceSelector')
  return [
    `pods (${pods === undefined ? 'everything' : selectorText(pods)})`,
    ...(spaces === undefined ? [] : [`in namespaces (${selectorText(spaces)})`]),
  ].join(' ')
}
