import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AnswerFlights } from '@hadal/middleware/response-cache/answer-flights'
import { answerKey } from '@hadal/middleware/response-cache/answer-key'
import { createRedisAnswerStore } from '@hadal/middleware/response-cache/redis-answer-store'
import { freePorts } from '@hadal/runtime/fixtures/redis/free-ports'
import { startRedisProcess } from '@hadal/runtime/fixtures/redis/redis-process'
import { RedisConnection } from '@hadal/runtime/redis/redis-connection'
import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { numbers, spread, table } from './statistics.ts'

const callsARound = 1_000
/** Number of tool calls in the benchmark's conversation: a question, ten calls with their results, an answer. */
const turns = 10
const tools = 12
/** Length of a tool's result in the benchmark's conversation, in characters. */
const resultLength = 2_000

/** Measures the time that the response cache adds to a model call, with a model that answers at once and a Redis on loopback. */
export async function responseCache(rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-bench-redis-'))
  const [port = 0] = await freePorts(1)
  const redis = await startRedisProcess(port, folder, ['--port', String(port)])
  // Long timeouts: a pause of this machine must not count as an unavailable Redis.
  const connection = new RedisConnection({ url: `redis://127.0.0.1:${port}`, mode: 'standalone', commandMs: 5_000 })
  try {
    await connection.connected(5_000)
    const flights = new AnswerFlights({
      store: createRedisAnswerStore(connection.send, 'hadal:answer'),
      ttlSeconds: 600,
      cacheToolCalls: false,
      mostBytes: 262_144,
      lockMs: 10_000,
      waitMs: 60_000,
      observer: {},
    })
    const answer = new AIMessage('x'.repeat(resultLength))
    const ask = (key: string) => flights.answer(key, undefined, undefined, async () => answer)
    let count = 0
    const work = {
      'its key': async () => keyOf('one'),
      'its key, and a hit': () => ask(keyOf('one')),
      'its key, and a miss that is kept': () => ask(keyOf(`another ${count++}`)),
    }
    await ask(keyOf('one'))
    const rows = await Promise.all(
      Object.entries(work).map(([name, call]) => ({ name, call, half: [] as number[], slow: [] as number[] })),
    )
    for (const { call } of rows) await times(call)
    for (let round = 0; round < rounds; round++)
      for (const { call, half, slow } of rows) {
        const sorted = await times(call)
        half.push(sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN)
        slow.push(sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN)
      }
    const figures = rows.flatMap(({ name, half, slow }) => [
      [`${name}, p50 [ms]`, ...numbers(spread(half), 3)],
      [`${name}, p99 [ms]`, ...numbers(spread(slow), 3)],
    ])
    return [
      `A request of ${2 * turns + 1} messages (${turns} results of ${resultLength} characters) and ${tools} tools: ${rounds} rounds of ${callsARound} calls each`,
      '',
      table(['', 'min', 'median', 'max'], figures),
    ].join('\n')
  } finally {
    connection.close()
    await redis.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

const ofTools = Array.from({ length: tools }, (_, index) => ({
  type: 'function',
  function: {
    name: `tool_${index}`,
    description: 'Does what its name says, for as long as it is asked to.',
    parameters: { type: 'object', properties: { path: { type: 'string' }, lines: { type: 'integer' } } },
  },
}))

const conversation = (question: string) => [
  new HumanMessage(question),
  ...Array.from({ length: turns }, (_, index) => [
    new AIMessage({
      content: '',
      tool_calls: [{ id: `call_${index}`, name: 'tool_1', args: { path: `/file-${index}` } }],
    }),
    new ToolMessage({ content: 'word '.repeat(resultLength / 5), tool_call_id: `call_${index}` }),
  ]).flat(),
]

const keyOf = (question: string): string =>
  answerKey({
    tenant: 'default',
    model: { class: 'Bench', parameters: { model: 'bench', temperature: 0 } },
    system: 'You are asked to measure.',
    messages: conversation(question),
    tools: ofTools,
    toolChoice: undefined,
    responseFormat: undefined,
    settings: undefined,
    surroundings: { state: {}, context: {} },
  })

/** Duration of each call of the response cache, in milliseconds, sorted. */
async function times(call: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (let i = 0; i < callsARound; i++) {
    const begun = performance.now()
    await call()
    all.push(performance.now() - begun)
  }
  return all.sort((a, b) => a - b)
}
