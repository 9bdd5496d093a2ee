import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { addedConnections, type Probes } from '@hadal/charts/fixtures/network'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { startTicketServers } from '@hadal/runtime/fixtures/ticket-servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CheckoutCopy, checkoutCopy } from '../checkout-copy.ts'
import { addDependency } from './add-dependency.ts'
import { stepsOf, withFields } from './how-to-page.ts'

/*
 * Follows the how-to about settings and secrets in a copy of the checkout, and then runs its agent against a real HTTP API and a real MCP server.
 */

const slow = 300_000
const database = createDatabase()
const token = 'a token of the ticket desk'
let copy: CheckoutCopy

beforeAll(() => {
  copy = checkoutCopy()
  // The package that the how-to installs.
  addDependency(copy.folder, 'packages/agents', '@langchain/mcp-adapters')
}, slow)
afterAll(() => copy?.remove())

const steps = stepsOf('give-an-agent-settings-and-secrets.md')

const shell = (script: string): Promise<{ failed: boolean; output: string }> =>
  new Promise((resolve) => {
    const options = { cwd: copy.folder, env: copy.environment, timeout: slow }
    execFile('bash', ['-euo', 'pipefail', '-c', script], options, (error, output, errors) =>
      resolve({ failed: error !== null, output: output + errors }),
    )
  })

const configs = (): string[] =>
  readdirSync(join(copy.folder, 'environments')).map((name) => join(copy.folder, 'environments', name, 'config.ts'))

test('before an environment gives the values, rendering names what each one lacks; afterwards it renders', {
  timeout: slow,
}, async () => {
  const [create = '', describe = '', render = ''] = steps.flatMap((step) => ('commands' in step ? step.commands : []))
  expect(await shell(create)).toMatchObject({ failed: false })
  for (const step of steps) {
    if (!('file' in step)) continue
    mkdirSync(dirname(join(copy.folder, step.file)), { recursive: true })
    writeFileSync(join(copy.folder, step.file), step.text)
  }
  expect(await shell(describe)).toMatchObject({ failed: false })

  const early = await shell('hadal render')
  expect(early.failed).toBe(true)
  const environments = configs().map((file) => file.split('/').at(-2))
  for (const environment of environments)
    expect(early.output).toContain(
      `environments/${environment}/config.ts: agents.ticket-desk.secrets.TICKETS_TOKEN: Missing. The agent declares this secret.`,
    )

  for (const file of configs())
    for (const step of steps)
      if ('fields' in step) writeFileSync(file, withFields(readFileSync(file, 'utf8'), step.fields))
  expect(await shell(render)).toMatchObject({ failed: false })
  const checked = await shell(
    'hadal render --check; biome check --error-on-warnings packages/agents; tsc -p tsconfig.json',
  )
  expect(checked, checked.output).toMatchObject({ failed: false })
})

test('the NetworkPolicies of each environment admit exactly the two destinations, for the pods that run agents', async () => {
  const probes: Probes = {
    ends: {
      tickets: { namespace: 'crm', labels: { app: 'tickets' } },
      neighbour: { namespace: 'crm', labels: { app: 'other' } },
      elsewhere: { namespace: 'other', labels: { app: 'tickets' } },
      docs: { address: '10.20.0.5' },
      beside: { address: '10.20.0.6' },
    },
    ports: [80, 443, 8080, 8443],
  }
  const environments = await loadEnvironments(copy.folder)
  expect(environments.length).toBeGreaterThan(0)
  for (const environment of environments) {
    const runsAgents = environment.agent.topology === 'split' ? 'deep-agents-worker' : 'deep-agents'
    expect(addedConnections('egress', { ...environment, egress: {} }, environment, probes)).toEqual({
      [`Deployment ${runsAgents}`]: ['tickets:8080/TCP', 'docs:8443/TCP'],
    })
  }
})

test('the agent runs here with both, with values from the variables of the process', { timeout: slow }, async () => {
  await using stopped = new AsyncDisposableStack()
  const outside = stopped.use(await startTicketServers(token))
  const server = await startServerProcess(
    {
      DATABASE_URL: database(),
      AGENTS_CONFIG: join(copy.folder, 'packages/agents/langgraph.json'),
      TICKETS_URL: outside.apiUrl,
      DOCS_MCP_URL: outside.mcpUrl,
      TICKETS_TOKEN: token,
    },
    join(copy.folder, 'packages/runtime/src/main.ts'),
  )
  stopped.defer(async () => void (await server.end('SIGTERM')))
  const values = await server.client.runs.wait(null, 'ticket-desk', {
    input: { messages: [{ role: 'user', content: 'What is ticket 7 about?' }] },
  })
  expect(JSON.stringify(values)).toContain('ticket 7 is open; page about leases')
})
