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
  test('is taken when it has what the environment requires', () => {
    for (const environment of [soundEnvironment(), defineEnvironment(soundProtectedInput)])
      expect(refusal(environment, requiredConfiguration(environment))).toBe('')
  })

  test('a missing key is named, with what it holds and how to set it', () => {
    expect(refusal(soundEnvironment(), {})).toContain(
      '- hadal:llm-credentials/anthropic-key is missing: API key of Anthropic; a Fernet token of it where the environment is protected. Run "pulumi config set --secret hadal:llm-credentials/anthropic-key".',
    )
  })

  test('an unknown key is named, with the one that may be meant', () => {
    const environment = soundEnvironment()
    expect(refusal(environment, { ...requiredConfiguration(environment), 'rotation/database-pasword': 'x' })).toContain(
      'hadal:rotation/database-pasword is nothing that this environment uses. Write "hadal:rotation/database-password"',
    )
  })

  test('half of a credential is none', () => {
    const environment = soundEnvironment()
    const configuration = { ...requiredConfiguration(environment), 'repository/username': 'reader' }
    expect(refusal(environment, configuration)).toContain('only one is set')
  })

  test('a range of keys that ends before it begins is refused', () => {
    const environment = defineEnvironment(soundProtectedInput)
    const configuration = { ...requiredConfiguration(environment), 'encryption-keys/oldest': '2' }
    expect(refusal(environment, configuration)).toContain('go from 2 to 1')
  })
})
