import { z } from 'zod'
import type { StreamEvent } from './stream-event.ts'

/** Whole answer of OpenAI's Chat Completions API. */
const ChatAnswer = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        index: z.int().default(0),
        message: z.looseObject({ tool_calls: z.array(z.looseObject({})).nullish() }),
        finish_reason: z.unknown().optional(),
      }),
    )
    .min(1),
  usage: z.unknown().optional(),
})

/** Events of a Chat Completions stream for a whole answer; undefined if the value is not an answer of OpenAI's Chat Completions API. */
export function chatCompletionsEvents(answer: unknown): StreamEvent[] | undefined {
  const parsed = ChatAnswer.safeParse(answer)
  if (!parsed.success) return undefined
  const { choices, usage, ...rest } = parsed.data
  const chunk = (fields: object): StreamEvent => ({ data: { ...rest, object: 'chat.completion.chunk', ...fields } })
  return [
    ...choices.map(({ message, finish_reason, index }) => {
      const { tool_calls, ...spoken } = message
      // The index joins the parts of a call, so a whole answer does not have it.
      const calls = tool_calls?.map((call, place) => ({ ...call, index: place }))
      return chunk({
        choices: [
          {
            index,
            delta: { ...spoken, ...(calls?.length ? { tool_calls: calls } : {}) },
            finish_reason: finish_reason ?? 'stop',
          },
        ],
      })
    }),
    ...(usage ? [chunk({ choices: [], usage })] : []),
    { data: '[DONE]' },
  ]
}
