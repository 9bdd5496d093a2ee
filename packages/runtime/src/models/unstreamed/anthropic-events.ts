import { z } from 'zod'
import type { StreamEvent } from './stream-event.ts'

const Block = z.looseObject({ type: z.string() })
type Block = z.infer<typeof Block>

/** Whole answer of Anthropic's Messages API. */
const AnthropicAnswer = z.looseObject({
  type: z.literal('message'),
  content: z.array(Block),
  stop_reason: z.unknown().optional(),
  stop_sequence: z.unknown().optional(),
  usage: z.looseObject({}).optional(),
})

/** Fields of a content block that its stream delivers as deltas, with the type of the delta and an empty start value. */
const streamedFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  text: { text: 'text_delta' },
  thinking: { thinking: 'thinking_delta', signature: 'signature_delta' },
}

function deltasOf(block: Block): { start: object; deltas: object[] } {
  if ((block.type === 'tool_use' || block.type === 'server_tool_use') && 'input' in block) {
    const { input, ...rest } = block
    return {
      start: { ...rest, input: {} },
      deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(input ?? {}) }],
    }
  }
  const fields = streamedFields[block.type]
  if (!fields) return { start: block, deltas: [] }
  const { citations, ...start } = block
  const deltas: object[] = []
  for (const [field, type] of Object.entries(fields)) {
    if (typeof block[field] === 'string') deltas.push({ type, [field]: block[field] })
    start[field] = ''
  }
  for (const citation of Array.isArray(citations) ? citations : []) deltas.push({ type: 'citations_delta', citation })
  return { start, deltas }
}

/** Events of Anthropic's stream for a whole answer; undefined if the value is not an answer of Anthropic's Messages API. */
export function anthropicEvents(answer: unknown): StreamEvent[] | undefined {
  const parsed = AnthropicAnswer.safeParse(answer)
  if (!parsed.success) return undefined
  const { content, stop_reason, stop_sequence, usage = {}, ...message } = parsed.data
  const named = (type: string, rest: object): StreamEvent => ({ event: type, data: { type, ...rest } })
  // The final count of output tokens is in `message_delta`. LangChain adds both counts.
  const begun = { ...usage, output_tokens: 0 }
  return [
    named('message_start', {
      message: { ...message, content: [], stop_reason: null, stop_sequence: null, usage: begun },
    }),
    ...content.flatMap((block, index) => {
      const { start, deltas } = deltasOf(block)
      return [
        named('content_block_start', { index, content_block: start }),
        ...deltas.map((delta) => named('content_block_delta', { index, delta })),
        named('content_block_stop', { index }),
      ]
    }),
    named('message_delta', {
      delta: { stop_reason: stop_reason ?? null, stop_sequence: stop_sequence ?? null },
      usage: { output_tokens: usage.output_tokens ?? 0 },
    }),
    named('message_stop', {}),
  ]
}
