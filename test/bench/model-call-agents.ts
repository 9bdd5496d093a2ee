import type { AgentPlatform } from '@hadal/runtime/agents/agent-platform'
import { defineAgent } from '@hadal/runtime/agents/define-agent'
import { callTool, ScriptedModel } from '@hadal/runtime/fixtures/scripted-model'
import { AIMessage, isToolMessage } from '@langchain/core/messages'
import type { RunnableConfig } from '@langchain/core/runnables'
import { tool } from '@langchain/core/tools'
import { createDeepAgent } from 'deepagents'
import { z } from 'zod'

/** Number of model calls per run. The first call is not measured, because the time since the previous call is measured. */
export const modelCalls = 25

/** Executes one run with the given question. @returns milliseconds between its model calls */
export type BenchAgent = (question: string, config: RunnableConfig) => Promise<number[]>

const look = tool(({ number }) => `seen ${number}`, {
  name: 'look',
  description: 'Looks',
  schema: z.object({ number: z.number() }),
})

/** The same agent without and with the platform's middleware. Both share a model that answers at once and records the time of each call. */
export function benchAgents(platform: AgentPlatform): { plain: BenchAgent; stacked: BenchAgent } {
  let asked: number[] = []
  const model = new ScriptedModel((messages) => {
    asked.push(performance.now())
    const used = messages.filter((message) => isToolMessage(message)).length
    const answer = used < modelCalls - 1 ? callTool('look', { number: used }, `call_${used}`) : new AIMessage('Done.')
    answer.usage_metadata = { input_tokens: 5_000 + 100 * used, output_tokens: 100, total_tokens: 5_100 + 100 * used }
    return answer
  }, 'claude-sonnet-5')
  const routing = { models: { simple: model, standard: model, complex: model } }
  const models = { default: model, named: () => model, routing, fallback: { fallbacks: [model] }, alternatives: [] }
  const common = { systemPrompt: 'Look until you have seen all.', tools: [look] }
  const plain = createDeepAgent({ ...common, model })
  const stacked = defineAgent({ ...common, name: 'bench' }, { ...platform, models })
  const timed =
    (agent: typeof plain): BenchAgent =>
    async (question, config) => {
      asked = []
      await agent.invoke({ messages: [{ role: 'user', content: question }] }, { ...config, recursionLimit: 1_000 })
      return asked.slice(1).map((time, index) => time - (asked[index] ?? time))
    }
  return { plain: timed(plain), stacked: timed(stacked) }
}
