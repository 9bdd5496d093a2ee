import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { runtime } from '@pulumi/pulumi'
import { beforeAll, describe, expect, test } from 'vitest'
import { soundProtectedInput } from './fixtures/external-environment.ts'
import { requiredConfiguration, setConfiguration } from './fixtures/recorded-stack.ts'
import { readStackConfiguration } from './stack-configuration.ts'

beforeAll(() => runtime.setMocks({ call: () => ({}), newResource: () => ({ id: '', state: {} }) }, 'hadal', 'test'))

function refusal(environment: Environment, configuration: Record<string, string>): string {
  setConfiguration(environment, configuration)
  try {
    readStackConfiguration(environment)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('the configuration of a stack', () => {
  test('is accepted if it has all required keys', () => {
    for (const environment of [soundEnvironment(), defineEnvironment(soundProtectedInput)])
      expect(refusal(environment, requiredConfiguration(environment))).toBe('')
  })

  test('reports a missing key with its description and how to set it', () => {
    expect(refusal(soundEnvironment(), {})).toContain(
      '- hadal:llm-credentials/anthropic-key is missing: API key of Anthropic; in a protected environment, a Fernet token of it. Run "pulumi config set --secret hadal:llm-credentials/anthropic-key".',
    )
  })

  test('asks for the secrets of the agents', () => {
    const environment = soundEnvironment({ agents: { tickets: { secrets: ['TICKETS_TOKEN'] } } })
    expect(refusal(environment, requiredConfiguration(soundEnvironment()))).toContain(
      '- hadal:agent-tickets/TICKETS_TOKEN is missing: secret TICKETS_TOKEN of the agent tickets. Run "pulumi config set --secret hadal:agent-tickets/TICKETS_TOKEN".',
    )
  })

  test('reports an unknown key with the nearest known one', () => {
    const environment = soundEnvironment()
    expect(refusal(environment, { ...requiredConfiguration(environment), 'rotation/database-pasword': 'x' })).toContain(
      'hadal:rotation/database-pasword is not a key of this environment. Write "hadal:rotation/database-password"',
    )
  })

  test('counts an empty value of a required key as missing', () => {
    const environment = soundEnvironment()
    const empty = { ...requiredConfiguration(environment), 'llm-credentials/anthropic-key': '' }
    expect(refusal(environment, empty)).toContain('- hadal:llm-credentials/anthropic-key is missing')
  })

  test('of a protected environment must name the context, so that it is not applied to another cluster', () => {
    const environment = defineEnvironment(soundProtectedInput)
    const { context, ...others } = requiredConfiguration(environment)
    expect(context).toBeDefined()
    expect(refusal(environment, others)).toMatch(
      /- hadal:context is missing: context of the kubeconfig .+ Run "pulumi config set hadal:context"\.$/,
    )
    expect(refusal(soundEnvironment(), requiredConfiguration(soundEnvironment()))).toBe('')
  })

  test('rejects a user name without its password', () => {
    const environment = soundEnvironment()
    const configuration = { ...requiredConfiguration(environment), 'repository/username': 'reader' }
    expect(refusal(environment, configuration)).toContain('Only one of hadal:repository/username')
  })

  test('rejects an oldest encryption key above the newest', () => {
    const environment = defineEnvironment(soundProtectedInput)
    const configuration = { ...requiredConfiguration(environment), 'encryption-keys/oldest': '2' }
    expect(refusal(environment, configuration)).toContain('oldest must be at most newest')
  })
})
