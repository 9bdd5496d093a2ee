import { isIP, isIPv6 } from 'node:net'

/**
 * Address of a request's client, for rate limiting: an IPv4 address, or the /64 network of an IPv6 address, because one subscriber has a whole /64.
 *
 * @param peer address of the other end of the connection
 * @param forwardedFor header `X-Forwarded-For`. Each proxy appends the address of its peer; a client can write anything at the beginning
 * @param trustedProxies number of entries from the right that are trusted
 */
export function callerAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const entries = forwardedFor?.split(',').map((entry) => entry.trim()) ?? []
  const told = trustedProxies > 0 ? entries.at(-trustedProxies) : undefined
  return normalized(told ?? '') ?? normalized(peer ?? '') ?? 'unknown'
}

function normalized(text: string): string | undefined {
  const address = text
    // Some proxies append the port, and then put an IPv6 address in brackets.
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  if (isIP(address) === 0) return undefined
  return isIPv6(address) ? network64(address) : address
}

/** The /64 network of an IPv6 address: its first four groups, written out. */
function network64(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const before = groups(head)
  const after = groups(tail ?? '')
  const missing = tail === undefined ? 0 : 8 - before.length - after.length
  const all = [...before, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
