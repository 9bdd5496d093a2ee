import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { makeSuspect } from '../fixtures/make-suspect.ts'
import { type ServerProcess, startServerProcess } from '../fixtures/server-process.ts'
import { startTicketServers, type TicketServers } from '../fixtures/ticket-servers.ts'
import { withClient } from '../fixtures/with-client.ts'

const token = 'planted ticket "token" of no known form'
const agentsConfig = join(import.meta.dirname, '../fixtures/settings-agents/langgraph.json')
const database = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-agent-values-'))
const started: ServerProcess[] = []
let outside: TicketServers

beforeAll(async () => {
  mkdirSync(join(folder, 'agent-tickets'))
  writeFileSync(join(folder, 'agent-tickets/TICKETS_TOKEN'), `${token}\n`)
  outside = await startTicketServers(token)
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.end('SIGKILL')))
})
afterAll(async () => {
  await outside?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function start(variables: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: database(), AGENTS_CONFIG: agentsConfig, ...variables })
  started.push(server)
  return server
}

/** Variables of a pod: settings as JSON, secrets as files. */
const podVariables = (mcpUrl = outside.mcpUrl) => ({
  AGENT_SETTINGS: JSON.stringify({
    tickets: { settings: { TICKETS_URL: outside.apiUrl, DOCS_MCP_URL: mcpUrl }, secrets: ['TICKETS_TOKEN'] },
  }),
  AGENT_SECRETS_FOLDER: folder,
})

const calls = [
  { name: 'read_ticket', args: { id: '7' } },
  { name: 'find_page', args: { title: 'leases' } },
]
const input = { messages: [{ role: 'user', content: JSON.stringify(calls) }] }
const answer = 'ticket 7 is open | page about leases'
const lastText = (values: unknown): string =>
  (values as { messages: { content: string }[] }).messages.at(-1)?.content ?? ''

async function attemptsInChildren(runId: string): Promise<number> {
  const { rows } = await withClient(database(), (client) =>
    client.query('SELECT count(*)::int AS number FROM hadal.run_attempt WHERE run_id = $1 AND parent_id IS NOT NULL', [
      runId,
    ]),
  )
  return rows[0].number
}

test('an API without workers opens no connection for an agent, and the child process of a suspect has its settings and secrets', async () => {
  // At this address nothing listens.
  const api = await start({ ...podVariables('http://127.0.0.1:9/mcp'), ROLE: 'api' })
  const { client } = api
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'tickets', { input })
  await makeSuspect(database(), run_id)
  await start({ ...podVariables(), ROLE: 'worker' })
  const run = await eventually(
    () => client.runs.get(thread_id, run_id),
    ({ status }) => status === 'success' || status === 'error',
    120_000,
  )
  expect(run.status).toBe('success')
  expect(lastText((await client.threads.getState(thread_id)).values)).toBe(answer)
  expect(await attemptsInChildren(run_id)).toBeGreaterThan(0)
})

test('without AGENT_SETTINGS, the values come from variables of their own names, or from files', async () => {
  const { client } = await start({
    TICKETS_URL: outside.apiUrl,
    DOCS_MCP_URL: outside.mcpUrl,
    TICKETS_TOKEN_FILE: join(folder, 'agent-tickets/TICKETS_TOKEN'),
    RETRIES: '8',
  })
  expect(lastText(await client.runs.wait(null, 'tickets', { input }))).toBe(answer)
  expect(await client.runs.wait(null, 'plain', { input: {} })).toMatchObject({ answer: 'none 9' })
})
