import { expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { schemaLeaves } from '../fixtures/schema-leaves.ts'
import { ClusterDns } from './cluster-dns.ts'

const fields = schemaLeaves(Environment).filter(({ schema }) => schema.safeParse(['10.20.0.0/16']).success)
// Labels and other free texts would accept a range too.
const ranges = fields.filter(({ schema }) => !schema.safeParse(['text']).success)

const unroutable = ['169.254.0.0/16', '169.0.0.0/8', '127.0.0.1/32', '224.0.0.1/32', '0.0.0.0/8', '255.255.255.255/32']

test.each(ranges)(
  '$path accepts no metadata service, loopback, multicast, this-network or broadcast address',
  (leaf) => {
    for (const range of ['169.254.169.254/32', ...unroutable])
      expect([range, leaf.schema.safeParse([range]).success]).toEqual([range, false])
  },
)

test('a DNS resolver may have one link-local address, as NodeLocal DNSCache has, and no range of them', () => {
  const accepts = (range: string) => ClusterDns.safeParse([{ kind: 'addresses', cidrs: [range] }]).success
  expect(accepts('169.254.20.10/32')).toBe(true)
  expect(unroutable.filter(accepts)).toEqual([])
})

test('there are fields with ranges', () => {
  expect(ranges.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['cluster.apiServerAddresses', 'egress.*.cidrs', 'postgres.addresses', 'redis.addresses']),
  )
})

test('the error names the range that is not allowed', () => {
  const parsed = Environment.shape.cluster.safeParse({
    operators: 'present',
    apiServerAddresses: ['168.0.0.0/8', '169.254.1.0/24'],
  })
  expect(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    [
      'apiServerAddresses.1',
      'an IPv4 range without link-local, loopback, multicast, broadcast and this-network addresses; this one has addresses of 169.254.0.0/16',
    ],
  ])
})
