import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { type RoundRobin, roundRobin } from '@hadal/runtime/fixtures/round-robin'
import { clientOf, startTestServer, type TestServer } from '@hadal/runtime/fixtures/start-test-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { javaScriptCases } from '../clients/javascript/cases.ts'

const database = createDatabase()
let servers: TestServer[] = []
let address: RoundRobin
beforeAll(async () => {
  servers = [await startTestServer(database(), { ROLE: 'all' }), await startTestServer(database(), { ROLE: 'all' })]
  address = await roundRobin(servers.map(({ url }) => url))
})
afterAll(async () => {
  await address.close()
  for (const server of servers) await server.drain()
})

for (const [method, run] of Object.entries(javaScriptCases))
  test(`${method} of the JavaScript client works on two replicas that get its requests in turn`, () =>
    run({ client: clientOf(address.url), url: address.url }))

test('both replicas have answered requests', () => {
  for (const count of address.counts) expect(count).toBeGreaterThan(20)
})
