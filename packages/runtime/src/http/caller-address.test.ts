import { expect, test } from 'vitest'
import { callerAddress } from './caller-address.ts'

test.each([
  ['who opened the connection', '192.0.2.1', undefined, 0, '192.0.2.1'],
  ['nobody else, when no proxy is trusted', '192.0.2.1', '203.0.113.9', 0, '192.0.2.1'],
  ['whom the trusted proxy heard', '10.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
  ['whom it heard, whatever the client wrote before', '10.0.0.1', '1.2.3.4, 5.6.7.8, 203.0.113.9', 1, '203.0.113.9'],
  ['whom the outer of two proxies heard', '10.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
  ['who opened the connection, where fewer proxies spoke', '192.0.2.1', '203.0.113.9', 2, '192.0.2.1'],
  ['who opened the connection, where the proxy named nobody', '192.0.2.1', 'somebody', 1, '192.0.2.1'],
  ['an address without its port', '10.0.0.1', '203.0.113.9:5021', 1, '203.0.113.9'],
  ['an address without its brackets', '10.0.0.1', '[2001:db8::1]:443', 1, '2001:db8:0:0::/64'],
  ['IPv4 in the clothes of IPv6', '::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
  ['the network of a subscriber', '2001:0DB8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2::/64'],
  ['one for all that tell nothing', undefined, undefined, 0, 'unknown'],
] as const)('a caller is %s', (_, peer, forwardedFor, trusted, address) => {
  expect(callerAddress(peer, forwardedFor, trusted)).toBe(address)
})
