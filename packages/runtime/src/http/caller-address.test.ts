import { expect, test } from 'vitest'
import { callerAddress } from './caller-address.ts'

test.each([
  ['the peer of the connection', '192.0.2.1', undefined, 0, '192.0.2.1'],
  ['the peer, if no proxy is trusted', '192.0.2.1', '203.0.113.9', 0, '192.0.2.1'],
  ['the entry of the trusted proxy', '10.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
  [
    'the entry of the trusted proxy, not those of the client',
    '10.0.0.1',
    '1.2.3.4, 5.6.7.8, 203.0.113.9',
    1,
    '203.0.113.9',
  ],
  ['the entry of the outer of two trusted proxies', '10.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
  ['the peer, if there are fewer entries than proxies', '192.0.2.1', '203.0.113.9', 2, '192.0.2.1'],
  ['the peer, if the entry is not an address', '192.0.2.1', 'somebody', 1, '192.0.2.1'],
  ['an address without its port', '10.0.0.1', '203.0.113.9:5021', 1, '203.0.113.9'],
  ['an address without its brackets', '10.0.0.1', '[2001:db8::1]:443', 1, '2001:db8:0:0::/64'],
  ['the IPv4 address in a mapped IPv6 address', '::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
  ['the /64 network of an IPv6 address', '2001:0DB8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2::/64'],
  ['unknown without any address', undefined, undefined, 0, 'unknown'],
] as const)("a caller's address is %s", (_, peer, forwardedFor, trusted, address) => {
  expect(callerAddress(peer, forwardedFor, trusted)).toBe(address)
})
