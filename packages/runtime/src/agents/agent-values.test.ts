import { join } from 'node:path'
import { MemorySaver } from '@langchain/langgraph'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type AgentValuesOptions, createAgentValues } from './agent-values.ts'
import { describeAgents } from './describe-agents.ts'
import { loadAgents } from './load-agents.ts'
import { withSettings } from './with-settings.ts'

const file = join(import.meta.dirname, '../fixtures/settings-agents/langgraph.json')
const token = 'a token of 20 characters'

const reader = (options: Partial<AgentValuesOptions>) =>
  createAgentValues({
    given: undefined,
    secretsFolder: '/run/secrets',
    variables: {},
    readFile: (path) => {
      throw new Error(`no file ${path}`)
    },
    onSecrets: () => {},
    ...options,
  })

const problemsOf = (options: Partial<AgentValuesOptions>): Promise<string> =>
  loadAgents(file, {}, undefined, reader(options)).then(
    () => '',
    (error: Error) => error.message,
  )

describe('an environment', () => {
  const tickets = {
    settings: { TICKETS_URL: 'https://a.example', DOCS_MCP_URL: 'https://b.example' },
    secrets: ['TICKETS_TOKEN'],
  }

  test('gives settings as values and secrets as files, and the secrets are known before the agent is built', async () => {
    const learnt: string[][] = []
    const valuesOf = reader({
      given: { tickets, plain: { settings: { GREETING: 'hello' }, secrets: [] } },
      readFile: (path) => (path === '/run/secrets/agent-tickets/TICKETS_TOKEN' ? `${token}\n` : ''),
      onSecrets: (secrets) => learnt.push([...secrets]),
    })
    const { agents } = await loadAgents(file, {}, undefined, valuesOf)
    const plain = (await agents.get('plain')?.load({ configurable: {} }))?.graph
    Object.assign(plain ?? {}, { checkpointer: new MemorySaver() })
    expect(await plain?.invoke({}, { configurable: { thread_id: '1' } })).toMatchObject({ answer: 'hello 4' })
    expect(learnt).toContainEqual([token])
  })

  test('is refused for every value that is missing or invalid, with the way out', async () => {
    const given = { tickets: { settings: { TICKETS_URL: 'nowhere' }, secrets: ['TICKETS_TOKEN'] } }
    const problems = await problemsOf({ given })
    expect(problems).toContain('the setting TICKETS_URL of the agent "tickets" is "nowhere": Invalid URL. Change it.')
    expect(problems).toContain(
      'the setting DOCS_MCP_URL of the agent "tickets" is missing. Add it to agents.tickets of the environment.',
    )
    expect(problems).toContain(
      'the secret TICKETS_TOKEN of the agent "tickets" can\'t be read from the file /run/secrets/agent-tickets/TICKETS_TOKEN',
    )
    expect(problems).toContain('Mount the Secret agent-tickets with this key.')
  })

  test('can not give a secret by a variable', async () => {
    const problems = await problemsOf({
      given: { tickets: { ...tickets, secrets: [] } },
      variables: { TICKETS_TOKEN: token },
    })
    expect(problems).toContain('the secret TICKETS_TOKEN of the agent "tickets" is missing.')
  })
})

describe('without an environment', () => {
  const variables = { TICKETS_URL: 'https://a.example', DOCS_MCP_URL: 'https://b.example', TICKETS_TOKEN: token }

  test('every value comes from the variable of its name', async () => {
    const { agents } = await loadAgents(file, {}, undefined, reader({ variables }))
    expect([...agents.keys()]).toEqual(['tickets', 'plain'])
  })

  test('a missing value names its variable', async () => {
    const problems = await problemsOf({})
    expect(problems).toContain(
      'TICKETS_URL of the agent "tickets" is missing. Set the environment variable TICKETS_URL.',
    )
    expect(problems).toContain(
      'TICKETS_TOKEN of the agent "tickets" is missing. Set the environment variable TICKETS_TOKEN, or TICKETS_TOKEN_FILE',
    )
  })

  test('no message about a secret contains its value', async () => {
    for (const secret of ['abc', 'short but secret']) {
      const problems = await problemsOf({ variables: { ...variables, TICKETS_TOKEN: secret } })
      expect(problems).toContain('the secret TICKETS_TOKEN of the agent "tickets"')
      expect(problems).not.toContain(secret)
    }
  })
})

test.each(['PORT', 'REDIS_PASSWORD', 'LANGCHAIN_API_KEY_FILE'])(
  'without an environment, a setting can not have the name %s, which the server reads itself',
  (name) => {
    const { problems } = reader({ variables: { [name]: 'value' } })('plain', {
      settings: { [name]: z.string() },
      secrets: {},
    })
    expect(problems).toEqual([
      `the setting ${name} of the agent "plain" has the name of a variable of the server. Choose another name.`,
    ])
  },
)

test('a description lists what an agent declares, without any value', async () => {
  const { graphs } = await describeAgents(file)
  expect(graphs).toMatchObject([
    {
      graph: 'tickets',
      settings: { TICKETS_URL: { required: true, schema: { type: 'string', format: 'uri' } } },
      secrets: { TICKETS_TOKEN: { required: true } },
    },
    {
      graph: 'plain',
      kind: 'other',
      settings: { GREETING: { required: false }, RETRIES: { required: false, schema: { type: 'integer' } } },
      secrets: {},
    },
  ])
})

test('a name that no environment could give is refused', () => {
  expect(() => withSettings({ settings: { 'github-org': z.string() } }, () => undefined)).toThrow('github-org')
  expect(() => withSettings({ settings: { A: z.string() }, secrets: { A: z.string() } }, () => undefined)).toThrow(
    'A as a setting and as a secret',
  )
})
