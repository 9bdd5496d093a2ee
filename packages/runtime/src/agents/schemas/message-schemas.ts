import type { JsonSchema } from './graph-schemas.ts'

const content: JsonSchema = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'object' }] } }],
}

/** Schema of a message as the API writes it. */
const message: JsonSchema = {
  title: 'Message',
  type: 'object',
  properties: {
    type: { enum: ['human', 'ai', 'system', 'developer', 'tool', 'function', 'remove', 'generic'] },
    content,
    id: { type: 'string' },
    name: { type: 'string' },
    tool_call_id: { type: 'string', description: 'Id of the tool call that a message of the type "tool" answers' },
    tool_calls: {
      type: 'array',
      items: {
        type: 'object',
        properties: { id: { type: 'string' }, name: { type: 'string' }, args: { type: 'object' } },
        required: ['name', 'args'],
      },
    },
  },
  required: ['type', 'content'],
}

/** Schema of a message as a client may send it: as the API writes it, with a `role`, as a pair of role and content, or as the text of a person. */
const messageLike: JsonSchema = {
  anyOf: [
    message,
    {
      type: 'object',
      properties: { role: { type: 'string' }, content, id: { type: 'string' }, name: { type: 'string' } },
      required: ['role', 'content'],
    },
    { type: 'array', items: [{ type: 'string' }, content], minItems: 2, maxItems: 2 },
    { type: 'string' },
  ],
}

/** Marks the list of messages for clients such as LangGraph Studio. */
const mark = { langgraph_type: 'messages' }

/** Schema of the messages in a state. */
export const messagesSchema: JsonSchema = { ...mark, type: 'array', items: message }
/** Schema of the messages in an input: a list, or one message. */
export const messagesInputSchema: JsonSchema = {
  ...mark,
  anyOf: [{ type: 'array', items: messageLike }, messageLike],
}
