import { costOf } from '@hadal/middleware/call-cost'
import { createModelRoutingMiddleware } from '@hadal/middleware/model-routing'
import { BaseChatModel, type LangSmithParams } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import { tool } from '@langchain/core/tools'
import { createDeepAgent } from 'deepagents'
import { z } from 'zod'

/** Kinds of runs of the routing benchmark, with their shares in percent. The mix is invented: the savings depend on the real one. */
const mix = [
  { kind: 'a question of a sentence, answered at once', percent: 50, words: 20, looks: 0, tools: 1 },
  { kind: 'a short question, looked up once', percent: 20, words: 40, looks: 1, tools: 2 },
  { kind: 'a page to be worked on, with three tools', percent: 18, words: 600, looks: 1, tools: 3 },
  { kind: 'a long document, looked into five times', percent: 12, words: 3_000, looks: 5, tools: 4 },
] as const

const models = { simple: 'claude-haiku-4-5', standard: 'claude-sonnet-5', complex: 'claude-opus-5' } as const
/** Approximate number of tokens of the schemas of deepagents' tools, which every call contains. */
const tokensOfTools = 5_000

/** Approximate number of tokens, at four characters per token. */
const tokensOf = (messages: readonly BaseMessage[]): number =>
  Math.ceil(messages.reduce((sum, { text }) => sum + text.length, 0) / 4)

/** A model whose answers depend only on the question and the number of tool calls. Its usage is estimated from the texts. */
class PricedModel extends BaseChatModel {
  readonly #model: string
  readonly #book: (call: { model: string; input: number; output: number }) => void

  constructor(model: string, book: (call: { model: string; input: number; output: number }) => void) {
    super({})
    this.#model = model
    this.#book = book
  }

  override get profile(): object {
    return { toolCalling: true, maxInputTokens: 1_000_000 }
  }
  override _llmType(): string {
    return 'priced'
  }
  override getLsParams(): LangSmithParams {
    return { ls_provider: 'anthropic', ls_model_name: this.#model, ls_model_type: 'chat' }
  }
  override bindTools(): this {
    return this
  }
  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const question = messages.find((message) => HumanMessage.isInstance(message))?.text ?? ''
    const looks = Number(/^look (\d)/.exec(question)?.[1] ?? 0)
    const looked = messages.filter((message) => ToolMessage.isInstance(message)).length
    const message =
      looked < looks
        ? new AIMessage({ content: '', tool_calls: [{ id: `call_${looked}`, name: 'look_1', args: {} }] })
        : new AIMessage(`The answer to ${question.length} characters. `.repeat(10))
    this.#book({
      model: this.#model,
      input: tokensOf(messages) + tokensOfTools,
      output: tokensOf([message]) + 20,
    })
    return { generations: [{ text: message.text, message }] }
  }
}

const look = (number: number) =>
  tool(() => 'What was found. '.repeat(40), { name: `look_${number}`, description: 'Looks', schema: z.object({}) })

interface Total {
  usd: number
  readonly answers: string[]
  readonly calls: Map<string, number>
}

/** Executes the runs and sums up their cost. @param model the model of all calls; undefined to let model routing decide */
async function work(runs: number, model: string | undefined): Promise<Total> {
  const total: Total = { usd: 0, answers: [], calls: new Map() }
  const priced = (name: string) =>
    new PricedModel(name, ({ model: id, input, output }) => {
      const usd = costOf(id, { input, output, cacheRead: 0, cacheCreation: 0, reasoning: 0 })
      if (usd === undefined) throw new Error(`${id} has no price in model-prices.ts.`)
      total.usd += usd
      total.calls.set(id, (total.calls.get(id) ?? 0) + 1)
    })
  const tiers = { simple: priced(models.simple), standard: priced(models.standard), complex: priced(models.complex) }
  for (const { percent, words, looks, tools } of mix) {
    const agent = createDeepAgent({
      model: priced(model ?? models.standard),
      tools: Array.from({ length: tools }, (_, index) => look(index + 1)),
      middleware: model ? [] : [createModelRoutingMiddleware({ models: tiers })],
    })
    for (let run = 0; run < (runs * percent) / 100; run += 1) {
      const question = `look ${looks} ${'word '.repeat(words + (run % 10))}`
      const { messages } = await agent.invoke({ messages: [new HumanMessage(question)] })
      total.answers.push(messages.at(-1)?.text ?? '')
    }
  }
  return total
}

const dollars = (usd: number): string => `$${usd.toFixed(2)}`

/** Compares the cost with and without model routing on a scripted workload, by the list prices of model-prices.ts. */
export async function routingCost(runs: number): Promise<string> {
  const routed = await work(runs, undefined)
  const lines = [
    `${runs} runs: ${mix.map(({ kind, percent }) => `${percent} % ${kind}`).join('; ')}`,
    `routed: ${dollars(routed.usd)}, calls ${[...routed.calls].map(([model, calls]) => `${model} ${calls}`).join(', ')}`,
  ]
  for (const model of [models.standard, models.complex]) {
    const alone = await work(runs, model)
    const same = alone.answers.filter((answer, index) => answer === routed.answers[index]).length
    lines.push(
      `all by ${model}: ${dollars(alone.usd)}; cost with routing ÷ cost without ${(routed.usd / alone.usd).toFixed(2)}; same answers ${same} of ${runs}`,
    )
  }
  return lines.join('\n')
}
