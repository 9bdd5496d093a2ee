import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { ListedAgent } from '../agents/loaded-agent.ts'
import { checkClientContext } from './client-context.ts'

const agent = (clientContext?: readonly string[]): Pick<ListedAgent, 'graphId' | 'clientContext'> => ({
  graphId: 'one',
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

describe('a key that a client sends as context', () => {
  // Every option that a middleware of LangChain reads from a run's context, in the version that is installed.
  const middleware = join(dirname(fileURLToPath(import.meta.resolve('langchain'))), 'agents/middleware')
  const options = new Set(
    globSync('**/*.js', { cwd: middleware }).flatMap((file) =>
      [
        ...readFileSync(join(middleware, file), 'utf8')
          .replaceAll(/\/\*[\s\S]*?\*\//g, '')
          .matchAll(/runtime\.context\??\.(\w+)/g),
      ].map(([, key = '']) => key),
    ),
  )
  // Graphs commonly let their client choose a model by this key. Of the middleware only llmToolSelectorMiddleware reads it.
  options.delete('model')

  test('is found as an option in the source of the LangChain middleware', () => {
    expect([...options]).toEqual(
      expect.arrayContaining(['threadLimit', 'trigger', 'enableCaching', 'applyToInput', 'rules']),
    )
  })

  // humanInTheLoopMiddleware spreads the whole context over its options.
  test.each([...options, 'interruptOn', 'descriptionPrefix'])(
    'is rejected if it is the middleware option %s',
    (key) => {
      for (const field of ['context', 'config.configurable'] as const) {
        expect(refusal({ [key]: {} }, undefined, field)).toContain(`${field}.${key} can't be sent`)
        expect(refusal({ [key]: {} }, [], field)).toContain(`${field}.${key} can't be sent`)
      }
    },
  )

  test.each([
    ['run_id', 'the run that a call, a budget and a checkpoint belong to'],
    ['run_attempt', 'the attempt that an approval and a reservation belong to'],
    ['tenant', 'the folder, sandbox, budget and approvals of a tenant'],
    ['graph_id', 'the graph of the run'],
    ['langgraph_auth_user', 'the user for whom the run works'],
    ['langgraph_auth_user_id', 'the user for whom the run works'],
    ['langgraph_auth_permissions', 'what that user may do'],
    ['assistant_id', 'the assistant of the run'],
    ['thread_id', 'the thread whose state, folder and sandbox the run has'],
    ['checkpoint_id', 'the state that the run starts from'],
    ['checkpoint_ns', 'the subgraph whose state the run starts from'],
    ['checkpoint_map', 'the states that its subgraphs start from'],
    ['__pregel_checkpointer', 'the lease that a run writes under'],
    ['__anything', 'whatever else LangGraph keeps in its configuration'],
    ['__proto__', 'the prototype of the configuration'],
    ['constructor', 'the prototype of the configuration'],
  ])('is rejected if it is the reserved key %s, which decides %s', (key) => {
    const sent: Record<string, unknown> = JSON.parse(`{ "${key}": "other" }`)
    for (const field of ['context', 'config.configurable'] as const) {
      for (const declared of [undefined, [], [key]]) {
        expect(refusal(sent, declared, field)).toContain(`${field}.${key} can't be sent`)
      }
    }
  })

  test('cannot switch approvals off, even if the author declared the key', () => {
    expect(refusal({ interruptOn: {} }, ['interruptOn'])).toContain('interruptOn')
  })

  test('is accepted if the author declared it, and no other key is', () => {
    expect(refusal({ colour: 1 }, ['colour'])).toBeUndefined()
    expect(refusal({ size: 1 }, ['colour'])).toContain('allows colour.')
    expect(refusal({ size: 1 }, [])).toContain('allows no keys.')
  })

  test('is accepted if the author declared no keys and the key is neither a middleware option nor reserved', () => {
    expect(refusal({ user_id: 'me', locale: 'ko' })).toBeUndefined()
  })

  test('may be thread_id with the id of its own thread, as the SDK sends it, but not of another thread', () => {
    expect(refusal({ thread_id: 'thread 1' }, undefined, 'config.configurable')).toBeUndefined()
    expect(refusal({ thread_id: 'thread 2' }, undefined, 'config.configurable')).toContain('thread_id')
    expect(refusal({ thread_id: 'thread 1' })).toContain('thread_id')
  })
})
