import { AIMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { GraphInterrupt } from '@langchain/langgraph'
import { ROOT_CONTEXT } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Script, ScriptedModel } from '../fixtures/scripted-model.ts'
import { RunSpans } from './run-spans.ts'

class NamedModel extends ScriptedModel {
  constructor(script: Script) {
    super(script)
    this.disableStreaming = true
  }

  override getLsParams() {
    const named = { ls_provider: 'anthropic', ls_model_name: 'claude-any', ls_model_type: 'chat' as const }
    return { ...named, ls_temperature: 0.5, ls_max_tokens: 1_000 }
  }
}

/** Returns the spans of work with the handler. */
async function spansOf(work: (handler: RunSpans) => Promise<unknown>) {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const handler = new RunSpans(provider.getTracer('test'), ROOT_CONTEXT, 'agent')
  await work(handler).catch(() => {})
  handler.endAll()
  return exporter.getFinishedSpans()
}

test('a model call has its name, settings and usage, by the names of the conventions', async () => {
  const answer = new AIMessage({
    content: 'a secret answer',
    id: 'msg_1',
    usage_metadata: {
      input_tokens: 12,
      output_tokens: 3,
      total_tokens: 15,
      input_token_details: { cache_read: 10 },
    },
    response_metadata: { model: 'claude-any-20260101', stop_reason: 'end_turn' },
  })
  const model = new NamedModel(() => answer)
  const [span, ...others] = await spansOf((handler) => model.invoke('a secret question', { callbacks: [handler] }))
  expect(others).toEqual([])
  expect(span?.name).toBe('chat claude-any')
  expect(span?.attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'claude-any',
    'gen_ai.request.temperature': 0.5,
    'gen_ai.request.max_tokens': 1_000,
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.usage.output_tokens': 3,
    'gen_ai.usage.cache_read.input_tokens': 10,
    'gen_ai.response.model': 'claude-any-20260101',
    'gen_ai.response.id': 'msg_1',
    'gen_ai.response.finish_reasons': ['end_turn'],
    'hadal.message_count': 1,
  })
})

test('a failed call has the kind of the error without its message', async () => {
  const model = new NamedModel(() => {
    throw new TypeError('a secret sentence')
  })
  const [span] = await spansOf((handler) => model.invoke('question', { callbacks: [handler] }))
  expect(span?.attributes['error.type']).toBe('TypeError')
  expect(span?.status).toEqual({ code: 2 })
  expect(JSON.stringify([span?.attributes, span?.events, span?.status])).not.toContain('secret')
})

test('a tool that interrupts the run has not failed', async () => {
  const asks = tool(
    () => {
      throw new GraphInterrupt([])
    },
    { name: 'asks', description: 'Asks', schema: z.object({}) },
  )
  const [span] = await spansOf((handler) => asks.invoke({}, { callbacks: [handler] }))
  expect(span).toMatchObject({ name: 'execute_tool asks', status: { code: 0 } })
  expect(span?.attributes).not.toHaveProperty('error.type')
})
