import { describe, expect, test } from 'vitest'
import type { LoadedAgent } from '../agents/loaded-agent.ts'
import { graph } from '../fixtures/agents/echo.ts'
import { checkClientContext } from './client-context.ts'

const agent = (clientContext?: readonly string[]): LoadedAgent => ({
  graphId: 'one',
  graph,
  ...(clientContext ? { clientContext } : {}),
})
const refusal = (
  sent: Record<string, unknown>,
  clientContext?: readonly string[],
  field: 'context' | 'config.configurable' = 'context',
) => {
  try {
    checkClientContext(agent(clientContext), field, sent, 'thread 1')
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'no error'
  }
}

describe('what a client sends as context', () => {
  test.each(['interruptOn', 'descriptionPrefix', 'runLimit', 'trigger', 'systemPrompt'])(
    'is refused if it is the middleware option %s',
    (key) => {
      expect(refusal({ [key]: {} })).toContain(`context.${key} can't be sent`)
      expect(refusal({ [key]: {} }, [], 'config.configurable')).toContain(`config.configurable.${key} can't be sent`)
    },
  )

  test.each(['__pregel_checkpointer', '__anything', 'run_id', 'checkpoint_ns', 'graph_id', '__proto__'])(
    'is refused if it is the reserved key %s',
    (key) => {
      expect(refusal(JSON.parse(`{ "${key}": 1 }`), [key])).toContain(`context.${key} can't be sent`)
    },
  )

  test('can not switch approvals off though its author declared the key', () => {
    expect(refusal({ interruptOn: {} }, ['interruptOn'])).toContain('interruptOn')
  })

  test('passes if the author declared it, and nothing else does', () => {
    expect(refusal({ colour: 1 }, ['colour'])).toBeUndefined()
    expect(refusal({ size: 1 }, ['colour'])).toContain('takes colour.')
    expect(refusal({ size: 1 }, [])).toContain('takes none.')
  })

  test('passes where the author declared nothing, if it is no option and not reserved', () => {
    expect(refusal({ user_id: 'me', locale: 'ko' })).toBeUndefined()
  })

  test('may repeat the id of its own thread as the SDK does, but not another', () => {
    expect(refusal({ thread_id: 'thread 1' }, undefined, 'config.configurable')).toBeUndefined()
    expect(refusal({ thread_id: 'thread 2' }, undefined, 'config.configurable')).toContain('thread_id')
    expect(refusal({ thread_id: 'thread 1' })).toContain('thread_id')
  })
})
