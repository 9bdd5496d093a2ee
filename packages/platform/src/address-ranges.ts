import { BlockList, isIP } from 'node:net'

/** Address ranges that are not public (RFC 6890): private, shared, loopback, link-local with the clouds' metadata, test, multicast, reserved. */
export const nonPublicRanges = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
] as const

/** Address ranges that no service of another host has: this network, loopback, link-local with the clouds' metadata, multicast, broadcast. */
const unroutableRanges = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '255.255.255.255/32'] as const

/** First address of an IPv4 range, e.g. `10.20.0.0` of `10.20.0.5/24`. */
export function firstAddress(range: string): string {
  const [address = '', bits] = range.split('/')
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const count = 2 ** (32 - Number(bits))
  const first = Math.floor(number / count) * count
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')
}

const networkOf = (range: string): string => range.split('/')[0] ?? ''

/** First range of addresses, such as loopback or link-local, that shares an address with an IPv4 range. Undefined if there is none. */
export const unroutablePart = (range: string): string | undefined =>
  unroutableRanges.find(
    (unroutable) => rangesContain([unroutable], networkOf(range)) || rangesContain([range], networkOf(unroutable)),
  )

/** Whether one of the IPv4 ranges contains the IPv4 address. */
export function rangesContain(ranges: readonly string[], address: string): boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', bits] = range.split('/')
    list.addSubnet(network, Number(bits))
  }
  return list.check(address)
}

/** Whether an IPv4 range contains all addresses of another. */
export function rangeContainsRange(wide: string, range: string): boolean {
  const bits = (each: string): number => Number(each.split('/')[1])
  return bits(wide) <= bits(range) && rangesContain([wide], networkOf(range))
}

/**
 * Endings of host names that public DNS does not resolve: Services of the cluster, RFC 6762, RFC 6761, RFC 8375, ICANN's `internal`, and names that
 * companies use and ICANN never delegates.
 */
const privateEndings = [
  'svc',
  'cluster.local',
  'local',
  'localhost',
  'home.arpa',
  'internal',
  'corp',
  'home',
  'intranet',
  'lan',
  'private',
  'test',
]

/**
 * Whether a host of a URL is public: a name in public DNS or a public IPv4 address. A name with a private address in public DNS counts as
 * public, because only a resolver could tell.
 */
export function isPublicHost(host: string): boolean {
  if (isIP(host) === 4) return !rangesContain(nonPublicRanges, host)
  const name = host.replace(/\.$/, '')
  return name.includes('.') && !privateEndings.some((ending) => name.endsWith(`.${ending}`))
}
