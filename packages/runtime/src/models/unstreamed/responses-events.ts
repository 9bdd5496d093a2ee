import { z } from 'zod'
import type { StreamEvent } from './stream-event.ts'

const Item = z.looseObject({ type: z.string() })
type Item = z.infer<typeof Item>

/** Whole answer of OpenAI's Responses API. */
const ResponsesAnswer = z.looseObject({
  object: z.literal('response'),
  status: z.string().default('completed'),
  output: z.array(Item),
})

const Message = z.looseObject({ type: z.literal('message'), content: z.array(z.looseObject({ type: z.string() })) })

/** Events between the start and the end of an item: the texts of a message with their annotations, and its refusal. */
function contentEvents(item: Item, output_index: number): StreamEvent[] {
  const parsed = Message.safeParse(item)
  if (!parsed.success) return []
  return parsed.data.content.flatMap((part, content_index) => {
    const named = (type: string, rest: object): StreamEvent => ({
      event: type,
      data: { type, item_id: item.id, output_index, content_index, ...rest },
    })
    if (part.type === 'refusal') return [named('response.refusal.done', { refusal: part.refusal })]
    if (part.type !== 'output_text') return []
    const annotations: unknown[] = Array.isArray(part.annotations) ? part.annotations : []
    return [
      named('response.output_text.delta', { delta: part.text ?? '' }),
      ...annotations.map((annotation, annotation_index) =>
        named('response.output_text.annotation.added', { annotation, annotation_index }),
      ),
    ]
  })
}

/** Events of a Responses stream for a whole answer; undefined if the value is not an answer of OpenAI's Responses API. */
export function responsesEvents(answer: unknown): StreamEvent[] | undefined {
  const parsed = ResponsesAnswer.safeParse(answer)
  if (!parsed.success) return undefined
  const response = parsed.data
  const named = (type: string, rest: object): StreamEvent => ({ event: type, data: { type, ...rest } })
  // A whole answer ends as `completed`, `incomplete` or `failed`, and the last event has the same name.
  return [
    named('response.created', { response: { ...response, status: 'in_progress', output: [] } }),
    ...response.output.flatMap((item, output_index) => [
      named('response.output_item.added', { output_index, item }),
      ...contentEvents(item, output_index),
      named('response.output_item.done', { output_index, item }),
    ]),
    named(`response.${response.status}`, { response }),
  ]
}
