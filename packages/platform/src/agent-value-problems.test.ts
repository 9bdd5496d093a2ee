import { describe, expect, test } from 'vitest'
import { agentValueProblems } from './agent-value-problems.ts'
import type { AgentsDescription } from './agents-description.ts'
import { sentencesAbout, soundEnvironment, soundInput } from './fixtures/example-environment.ts'
import { problemSentence } from './problem.ts'
import type { Agents } from './schema/agent-values.ts'

const described: Pick<AgentsDescription, 'graphs'> = {
  graphs: [
    {
      graph: 'tickets',
      kind: 'other',
      settings: {
        TICKETS_URL: { required: true, schema: { type: 'string', format: 'uri' } },
        RETRIES: { required: false, schema: { type: 'integer', minimum: 1 } },
        PROJECTS: { required: false, schema: { type: 'array', items: { type: 'string', minLength: 2 } } },
      },
      secrets: { TICKETS_TOKEN: { required: true }, SECOND_TOKEN: { required: false } },
    },
    { graph: 'researcher', kind: 'other' },
  ],
}
const sound = { settings: { TICKETS_URL: 'https://tickets.example' }, secrets: ['TICKETS_TOKEN'] }
const about = (agents: Agents): string[] =>
  agentValueProblems(soundEnvironment({ agents }), described).map(problemSentence)

test('an environment that gives every required setting and secret has no problem', () => {
  expect(about({ tickets: sound })).toEqual([])
  expect(
    about({ tickets: { settings: { ...sound.settings, RETRIES: 2 }, secrets: ['TICKETS_TOKEN', 'SECOND_TOKEN'] } }),
  ).toEqual([])
})

describe('a problem', () => {
  test('is a missing setting or secret, also if the environment names no agent', () => {
    const missing = [
      'agents.tickets.settings.TICKETS_URL: Missing. The agent declares this setting. Add it with its value.',
      'agents.tickets.secrets.TICKETS_TOKEN: Missing. The agent declares this secret. Add its name to the list, and its value to the stack: "pulumi config set --secret hadal:agent-tickets/TICKETS_TOKEN".',
    ]
    expect(about({})).toEqual(missing)
    expect(about({ tickets: { settings: {}, secrets: [] } })).toEqual(missing)
  })

  test('names the entry of the secret store', () => {
    const secrets = {
      kind: 'external-secrets',
      store: { kind: 'SecretStore', name: 'store' },
      path: 'hadal/x',
    } as const
    const environment = soundEnvironment({ agents: { tickets: { ...sound, secrets: [] } }, secrets })
    expect(agentValueProblems(environment, described).map(problemSentence)).toEqual([
      'agents.tickets.secrets.TICKETS_TOKEN: Missing. The agent declares this secret. Add its name to the list, and its value to the secret store: entry hadal/x/agent-tickets, key TICKETS_TOKEN.',
    ])
  })

  test('is a setting, a secret or an agent that does not exist, with the nearest name', () => {
    const { settings, secrets } = sound
    expect(about({ tickets: { settings: { ...settings, RETRIS: 1 }, secrets: [...secrets, 'OTHER'] } })).toEqual([
      'agents.tickets.settings.RETRIS: The agent declares no setting of this name. It declares TICKETS_URL, RETRIES, PROJECTS. Write "RETRIES" if that is meant, or remove it.',
      'agents.tickets.secrets.OTHER: The agent declares no secret of this name. It declares TICKETS_TOKEN, SECOND_TOKEN. Remove it, or declare it in the agent\'s code and run "npm run describe".',
    ])
    expect(about({ tickets: sound, researchr: { settings: {}, secrets: [] } })).toEqual([
      'agents.researchr: No graph of packages/agents/langgraph.json has this name. The graphs are tickets, researcher. Write "researcher" if that is meant, or remove it.',
    ])
    expect(about({ tickets: sound, researcher: { settings: {}, secrets: ['TOKEN'] } })).toEqual([
      'agents.researcher.secrets.TOKEN: The agent declares no secret of this name. It declares none. Remove it, or declare it in the agent\'s code and run "npm run describe".',
    ])
  })

  test('is a value that the schema in the code of the agent rejects', () => {
    const settings = { TICKETS_URL: 'nowhere', RETRIES: 0, PROJECTS: ['ab', 'c'] }
    expect(about({ tickets: { settings, secrets: ['TICKETS_TOKEN'] } })).toEqual([
      'agents.tickets.settings.TICKETS_URL = "nowhere": Invalid URL, by the schema in the agent\'s code. Change it.',
      "agents.tickets.settings.RETRIES = 0: Too small: expected number to be >=1, by the schema in the agent's code. Change it.",
      "agents.tickets.settings.PROJECTS[1] = [ 'ab', 'c' ]: Too small: expected string to have >=2 characters, by the schema in the agent's code. Change it.",
    ])
  })
})

test('a name is written as an environment variable is, and occurs once', () => {
  const sentences = (agents: object): string[] => sentencesAbout({ ...soundInput, agents })
  expect(sentences({ tickets: { secrets: ['github-token'] } })[0]).toContain('e.g. "GITHUB_TOKEN"')
  expect(sentences({ tickets: { secrets: ['A', 'A'] } })[0]).toContain('every name occurs once')
  expect(sentences({ tickets: { settings: { 'github-org': 'x' } } })[0]).toContain('github-org')
  expect(sentences({ Tickets: {} })[0]).toContain('Tickets')
})
