import { isIP, isIPv6 } from 'node:net'

/**
 * Whom a request comes from, for a limit: an IPv4 address, or the /64 of an IPv6 one, which a single subscriber has whole.
 *
 * @param peer whoever opened the connection
 * @param forwardedFor header `X-Forwarded-For`; each proxy adds at its end whom it heard, and a client may write what it likes at its beginning
 * @param trustedProxies so many entries from the right are believed
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
    // Some proxies add the port, and IPv6 then stands in brackets.
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  if (isIP(address) === 0) return undefined
  return isIPv6(address) ? network64(address) : address
}

/** The first four groups, written out. */
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
