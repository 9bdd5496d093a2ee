import { AIMessage, AIMessageChunk, HumanMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonText } from '../../store/json-text.ts'
import { internalEvents, type RunEvent } from '../../store/queries/run-events.ts'
import type { StreamMode } from '../run-request.ts'
import { type GraphChunk, type StreamEvent, StreamEvents } from '../stream-events.ts'
import { LogBatches } from './log-batches.ts'
import { LogDecoder } from './log-decoder.ts'

const numbered = (events: readonly StreamEvent[], after = 0): RunEvent[] =>
  events.map(({ event, data }, index) => ({ sequence: after + index + 1, event, data: jsonText(data) }))

/** Rows of the event log for the events of one attempt, in batches of the given sizes. */
function rowsOf(events: readonly RunEvent[], sizes: readonly number[]): RunEvent[] {
  const batches = new LogBatches()
  const rows: RunEvent[] = []
  let left = sizes[0] ?? 1
  for (const [index, event] of events.entries()) {
    batches.add(event)
    left -= 1
    if (left > 0) continue
    rows.push(...batches.take())
    left = sizes[index % sizes.length] ?? 1
  }
  return [...rows, ...batches.take()]
}

function readFrom(rows: readonly RunEvent[], after: number, wanted?: (event: string) => boolean): RunEvent[] {
  const start = rows.findLastIndex(({ event, sequence }) => event === internalEvents.firstBatch && sequence <= after)
  const decoder = new LogDecoder(wanted)
  return rows.slice(Math.max(start, 0)).flatMap(({ event, sequence, data }) => {
    const first = event === internalEvents.firstBatch
    if (!first && event !== internalEvents.batch) return []
    return [...decoder.events(data, first, sequence)].filter((one) => one.sequence > after)
  })
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(' the', ' that', '\n', '"', '\\', '😀', '\u{1f601}', '\ud83d', ',"', '{"a":"', '\t', ''),
)

/** Chunks of a message that a model streams: texts, then parts of a tool call, then the usage; it may be withdrawn, and the state has it whole. */
const streamed = fc
  .record({
    id: fc.constantFrom('m1', 'm2', 'm3', 'm"4'),
    namespace: fc.constantFrom<readonly string[]>([], ['tools:1'], ['a|b', 'c d']),
    texts: fc.array(text, { maxLength: 20 }),
    args: fc.array(text, { maxLength: 6 }),
    usage: fc.boolean(),
    outcome: fc.constantFrom('complete', 'void', 'nothing'),
  })
  .map(({ id, namespace, texts, args, usage, outcome }) => {
    const metadata = { langgraph_node: 'model', langgraph_step: 3, tags: ['seq:step:1'], thread_id: 'a-thread' }
    const message = (fields: object): GraphChunk => ({
      namespace,
      mode: 'messages',
      payload: [new AIMessageChunk({ id, content: '', ...fields }), metadata],
    })
    const chunks = [
      ...texts.map((content) => message({ content })),
      ...args.map((part) => message({ tool_call_chunks: [{ id: 'call', name: 'write', args: part, index: 0 }] })),
      ...(usage
        ? [
            message({
              usage_metadata: { input_tokens: 3, output_tokens: texts.length, total_tokens: 3 + texts.length },
            }),
          ]
        : []),
    ]
    const whole: GraphChunk = {
      namespace: [],
      mode: 'values',
      payload: {
        messages: [new HumanMessage({ id: 'h', content: 'Hi' }), new AIMessage({ id, content: texts.join('') })],
      },
    }
    return { chunks, ends: outcome === 'complete' ? [whole] : outcome === 'void' ? [id] : [] }
  })

/** Chunks of other modes: a state in which some channels change, and arbitrary data. */
const other = fc
  .record({
    mode: fc.constantFrom('values', 'updates', 'custom', 'debug', 'tasks', 'checkpoints'),
    namespace: fc.constantFrom<readonly string[]>([], ['tools:1']),
    payload: fc.dictionary(fc.constantFrom('a', 'b', 'files', '__interrupt__', '1'), fc.jsonValue({ maxDepth: 3 })),
    size: fc.constantFrom(0, 1, 40),
  })
  .map(({ mode, namespace, payload, size }) => ({
    chunks: [
      { namespace, mode, payload: { ...payload, log: Array.from({ length: size }, (_, at) => `a line number ${at}`) } },
    ],
    ends: [],
  }))

const modes: fc.Arbitrary<StreamMode[]> = fc.subarray<StreamMode>(
  ['messages', 'messages-tuple', 'values', 'updates', 'custom', 'debug', 'tasks', 'checkpoints'],
  { minLength: 1 },
)

const errorOf = (error: unknown) => ({ error: 'Error', message: String(error) })

/** Events of one attempt, in the order of its stream: several messages may be streamed at the same time. */
const attempt = fc
  .record({ asked: modes, parts: fc.array(fc.oneof(streamed, other), { minLength: 1, maxLength: 8 }), turns: fc.nat() })
  .map(({ asked, parts, turns }) => {
    const wire = new StreamEvents(asked, errorOf)
    const events: StreamEvent[] = [{ event: 'metadata', data: { run_id: 'a-run', attempt: 1 } }]
    const queues = parts.map(({ chunks, ends }): (GraphChunk | string)[] => [...chunks, ...ends])
    for (let at = turns; queues.some((queue) => queue.length > 0); at = at * 7 + 3) {
      const next = queues.filter((queue) => queue.length > 0).at((at % 97) % queues.filter((q) => q.length > 0).length)
      const one = next?.shift()
      if (one === undefined) continue
      events.push(...(typeof one === 'string' ? wire.voided(one) : wire.of(one)))
      if (at % 11 === 0) events.push({ event: internalEvents.untracked, data: { at: at % 1_000 } })
    }
    return events
  })

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 })
const isPublic = ({ event }: RunEvent): boolean => !event.startsWith('$')

test('a reader gets the same events with the same numbers from batches, wherever it begins and over several attempts', () => {
  fc.assert(
    fc.property(fc.array(attempt, { minLength: 1, maxLength: 3 }), sizes, fc.nat(), (attempts, cuts, from) => {
      const events: RunEvent[] = []
      const rows: RunEvent[] = []
      for (const one of attempts) {
        // The number of a later attempt's first event may be higher than the next one.
        const own = numbered(one, (events.at(-1)?.sequence ?? 0) + (events.length > 0 ? 5 : 0))
        events.push(...own)
        rows.push(...rowsOf(own, cuts))
      }
      const shown = events.filter(isPublic)
      expect(readFrom(rows, 0)).toEqual(shown)
      const after = from % (events.length + 1)
      expect(readFrom(rows, after)).toEqual(shown.filter(({ sequence }) => sequence > after))
      const isWanted = (event: string): boolean => event.startsWith('messages/') || event === 'values'
      expect(readFrom(rows, after, isWanted)).toEqual(
        shown.filter(({ sequence, event }) => sequence > after && isWanted(event)),
      )
      for (const { data } of rows) expect(Buffer.from(data).toString()).toBe(data)
    }),
    { numRuns: 300 },
  )
})

/** Events of an answer of 2,000 tokens in the given modes. @param padding text in the middle of each token */
function longAnswer(asked: readonly StreamMode[], padding = ''): RunEvent[] {
  const wire = new StreamEvents(asked, errorOf)
  const metadata = { langgraph_node: 'model', langgraph_step: 1, checkpoint_ns: 'model:4c1f', graph_id: 'agent' }
  const events: StreamEvent[] = [{ event: 'metadata', data: { run_id: 'a-run', attempt: 1 } }]
  for (let token = 0; token < 2_000; token += 1) {
    const number = (token * 7919) % 9973
    const content = padding === '' ? ` t${number}` : ` ${number} ${padding} ${number}`
    const payload = [new AIMessageChunk({ id: 'run-1', content }), metadata]
    events.push(...wire.of({ namespace: [], mode: 'messages', payload }))
  }
  return numbered(events)
}

const lengthOf = (rows: readonly RunEvent[]): number => rows.reduce((sum, { data }) => sum + data.length, 0)

test('an answer of 2,000 tokens takes less than three times its text, also when the client requests both message modes', () => {
  for (const asked of [['messages-tuple'], ['messages'], ['messages', 'messages-tuple']] satisfies StreamMode[][]) {
    const events = longAnswer(asked)
    const written = 2_000 * ' t1234'.length
    expect(lengthOf(rowsOf(events, [10]))).toBeLessThan(3 * written)
    expect(readFrom(rowsOf(events, [10]), 1_500)).toEqual(events.slice(1_500))
  }
})

test('a long log begins anew from time to time, and a reader that begins late needs no row before that', () => {
  const events = longAnswer(['messages-tuple'], 'token '.repeat(30))
  const rows = rowsOf(events, [10])
  const starts = rows.filter(({ event }) => event === internalEvents.firstBatch)
  expect(starts.length).toBeGreaterThan(2)
  for (const { sequence } of starts) expect(readFrom(rows, sequence)).toEqual(events.slice(sequence))
  expect(lengthOf(rows)).toBeLessThan(1.1 * 2_000 * ('token '.length * 30 + 16))
})

test('the arguments of a long tool call are stored once, not with each of its parts', () => {
  const wire = new StreamEvents(['messages'], errorOf)
  const events: StreamEvent[] = []
  for (let part = 0; part < 1_000; part += 1) {
    const args = part === 0 ? '{"path":"a.md","content":"' : `line ${part}\\n`
    const chunk = new AIMessageChunk({
      id: 'run-1',
      content: '',
      tool_call_chunks: [{ id: 'call', name: 'write_file', args, index: 0, type: 'tool_call_chunk' }],
    })
    events.push(...wire.of({ namespace: [], mode: 'messages', payload: [chunk, { langgraph_node: 'model' }] }))
  }
  const all = numbered(events)
  const rows = rowsOf(all, [20])
  expect(lengthOf(rows)).toBeLessThan(200_000)
  expect(readFrom(rows, 0)).toEqual(all)
})

test('a state of which little changes is stored about once, and a late reader needs little more than the state', () => {
  const files = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`file-${at}.md`, `${at} `.repeat(8_000)]))
  const events = numbered(
    Array.from({ length: 100 }, (_, step) => ({
      event: 'values',
      data: { messages: Array.from({ length: step }, (__, at) => `message ${at}`), files, counter: step },
    })),
  )
  const state = events[0]?.data.length ?? 0
  expect(state).toBeGreaterThan(1_000_000)
  const rows = rowsOf(events, [1])
  expect(lengthOf(rows)).toBeLessThan(1.1 * state)
  expect(readFrom(rows, 98)).toEqual(events.slice(98))
})

test('a reader that wants complete messages only gets the one that is stored as a change of its last part', () => {
  const message = (content: string): string => JSON.stringify([{ id: 'm1', type: 'ai', content: content.repeat(50) }])
  const events = [
    { sequence: 1, event: 'messages/partial', data: message('one ') },
    { sequence: 2, event: 'messages/partial', data: message('one two ') },
    { sequence: 3, event: 'messages/complete', data: message('one two ') },
  ]
  const batches = new LogBatches()
  for (const event of events) batches.add(event)
  const rows = batches.take()
  expect(rows.map(({ data }) => data).join().length).toBeLessThan(900)
  expect(readFrom(rows, 0, (event) => event === 'messages/complete')).toEqual(events.slice(2))
})
