import { join } from 'node:path'
import { field } from '@hadal/middleware/unknown-value'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { type TestServer, useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const fixture = (name: string): string => join(import.meta.dirname, `../fixtures/${name}/langgraph.json`)
/** A server whose langgraph.json asks for semantic search, and one whose does not. The embedded PostgreSQL has no pgvector. */
const asking = useTestServer(database, { AGENTS_CONFIG: fixture('search-agents') })
const plain = useTestServer(database, { AGENTS_CONFIG: fixture('store-agents') })

const search = async (server: TestServer, query: string) => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) }
  const response = await fetch(`${server.url}/store/items/search`, init)
  return { status: response.status, body: await response.json() }
}
const info = async (server: TestServer) => field(await (await fetch(`${server.url}/info`)).json(), 'store')

test('a database without pgvector serves the store; a search by meaning is refused with the reason, which /info and the log have too', async () => {
  const { client, logged } = asking()
  await client.store.putItem(['n'], 'k', { text: 'tea' }, { index: ['text'] })
  expect((await client.store.searchItems(['n'], { filter: { text: 'tea' } })).items).toMatchObject([{ key: 'k' }])
  const reason =
    'semantic search is off: the database has no extension pgvector ("vector"). Install it, and restart the server'
  expect(await search(asking(), 'tea')).toEqual({ status: 422, body: { detail: `query: ${reason}.` } })
  expect(await search(asking(), '')).toMatchObject({ status: 200 })
  expect(await info(asking())).toEqual({ semantic_search: false, reason })
  expect(
    logged.filter((line) => line.msg === 'semantic_search_off' || line.event === 'semantic_search_off'),
  ).toMatchObject([{ text: reason }])
})

test('an agent that searches by meaning without pgvector gets the reason, if its langgraph.json asks for the search', async () => {
  const failed = await asking().client.runs.wait(null, 'notes', { input: { query: 'tea' }, raiseError: false })
  expect(JSON.stringify(failed)).toContain('the database has no extension pgvector')
})

test('without store.index a client is told so, and the query of an agent is ignored, as in the stores of LangGraph', async () => {
  await plain().client.store.putItem(['notes'], 'k', { text: 'plane' })
  expect(await search(plain(), 'tea')).toMatchObject({
    status: 422,
    body: {
      detail: expect.stringContaining('query: semantic search is not configured on this server. Add store.index'),
    },
  })
  expect(await info(plain())).toMatchObject({
    semantic_search: false,
    reason: expect.stringContaining('is not configured'),
  })
  const values = await plain().client.runs.wait(null, 'notes', { input: { query: 'tea' } })
  expect(field(values, 'found')).toEqual([{ key: 'k', text: 'plane' }])
})
