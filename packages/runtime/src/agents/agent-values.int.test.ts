import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { runProgram, type ServerProcess, startServerProcess } from '../fixtures/server-process.ts'
import { startTicketServers, type TicketServers } from '../fixtures/ticket-servers.ts'
import { withClient } from '../fixtures/with-client.ts'

// Matches no pattern of the redactor: only redaction by value finds it.
const token = 'planted ticket "token" of no known form'
const agentsConfig = join(import.meta.dirname, '../fixtures/settings-agents/langgraph.json')
const database = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-agent-values-'))
let outside: TicketServers
let server: ServerProcess

/** Variables of a pod: settings as JSON, secrets as files. */
const podVariables = (agents: object) => ({
  AGENTS_CONFIG: agentsConfig,
  AGENT_SETTINGS: JSON.stringify(agents),
  AGENT_SECRETS_FOLDER: folder,
})

const tickets = () => ({
  settings: { TICKETS_URL: outside.apiUrl, DOCS_MCP_URL: outside.mcpUrl },
  secrets: ['TICKETS_TOKEN'],
})

beforeAll(async () => {
  mkdirSync(join(folder, 'agent-tickets'))
  writeFileSync(join(folder, 'agent-tickets/TICKETS_TOKEN'), `${token}\n`)
  outside = await startTicketServers(token)
  server = await startServerProcess({
    DATABASE_URL: database(),
    LOG_LEVEL: 'debug',
    ...podVariables({
      tickets: tickets(),
      plain: { settings: { GREETING: 'hello', RETRIES: 5, GRETING: 'x' }, secrets: ['OLD_TOKEN'] },
    }),
  })
})
afterAll(async () => {
  await server?.end('SIGTERM')
  await outside?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const calling = (...calls: { name: string; args: object }[]) => ({
  input: { messages: [{ role: 'user', content: JSON.stringify(calls) }] },
})
const both = [
  { name: 'read_ticket', args: { id: '7' } },
  { name: 'find_page', args: { title: 'leases' } },
]
const lastText = (values: unknown): string =>
  (values as { messages: { content: string }[] }).messages.at(-1)?.content ?? ''

/** Whether a text contains the token, as it is or as a JSON string. */
const hasToken = (text: string): boolean => text.includes(token) || text.includes(JSON.stringify(token).slice(1, -1))

describe('an agent with settings and a secret of its environment', () => {
  test('calls an internal API and an MCP server with its token', async () => {
    expect(lastText(await server.client.runs.wait(null, 'tickets', calling(...both)))).toBe(
      'ticket 7 is open | page about leases',
    )
  })

  test('is any graph of LangGraph, without defineAgent', async () => {
    const values = await server.client.runs.wait(null, 'plain', { input: {} })
    expect(values).toMatchObject({ answer: 'hello 6' })
  })

  test('the log names values that no agent declares', () => {
    const log = server.log.join('\n')
    expect(log).toContain(
      'The setting GRETING has no effect: the agent \\"plain\\" does not declare it. Did you mean GREETING?',
    )
    expect(log).toContain('The secret OLD_TOKEN has no effect: the agent \\"plain\\" does not declare it.')
  })

  test('shows its token in no event, answer, log or row, although an error quotes it', async () => {
    const { client } = server
    const { thread_id } = await client.threads.create()
    let seen = ''
    const broken = calling({ name: 'read_ticket', args: { id: 'broken' } })
    for await (const part of client.runs.stream(thread_id, 'tickets', {
      ...broken,
      streamMode: ['values', 'updates', 'messages-tuple', 'debug', 'tasks', 'checkpoints', 'events'],
    }))
      seen += JSON.stringify(part)
    seen += JSON.stringify(await client.threads.getHistory(thread_id))
    expect(seen).toContain('failed with the token [redacted]')
    expect(hasToken(seen)).toBe(false)
    expect(hasToken(server.log.join('\n'))).toBe(false)
    expect((await rowsOfDatabase()).filter(hasToken)).toEqual([])
  })
})

function rowsOfDatabase(): Promise<string[]> {
  return withClient(database(), async (client) => {
    const tables = await client.query<{ name: string; columns: string[] }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name,
         array_agg(CASE udt_name WHEN 'bytea' THEN format('encode(%I, ''escape'')', column_name) ELSE format('%I::text', column_name) END) AS columns
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema IN ('public', 'hadal', 'pgboss') AND table_type = 'BASE TABLE' GROUP BY 1`,
    )
    const rows: string[] = []
    for (const { name, columns } of tables.rows) {
      const result = await client.query<{ row: string }>(
        `SELECT concat_ws(' ', ${columns.join(', ')}) AS row FROM ${name}`,
      )
      rows.push(...result.rows.map(({ row }) => `${name} ${row}`))
    }
    return rows
  })
}

test('the server does not start if an environment misses values of an agent', async () => {
  const { code, errors } = await runProgram([], {
    DATABASE_URL: database(),
    ...podVariables({ plain: { settings: { RETRIES: 'many' } } }),
  })
  expect(code).toBe(1)
  expect(errors).toContain(
    'the setting TICKETS_URL of the agent "tickets" is missing. Add it to agents.tickets of the environment.',
  )
  expect(errors).toContain('the setting RETRIES of the agent "plain" is "many": Invalid input: expected number')
})
