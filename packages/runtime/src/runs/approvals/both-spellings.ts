import { isRecord } from '@hadal/middleware/unknown-value'

/** A tool call about which a person decides. */
export interface NamedCall {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

type Fields = Readonly<Record<string, unknown>>

/** Value of an interrupt that asks for decisions on tool calls, as LangChain's human-in-the-loop middleware for JavaScript writes it. */
export interface DecisionRequest {
  readonly actionRequests: readonly NamedCall[]
  readonly reviewConfigs: readonly Fields[]
}

const isNamedCall = (value: unknown): boolean =>
  isRecord(value) && typeof value.name === 'string' && isRecord(value.args)

/** Whether the value of an interrupt asks for decisions on tool calls, in the field names of JavaScript. */
export const isDecisionRequest = (value: unknown): value is DecisionRequest =>
  isRecord(value) &&
  Array.isArray(value.actionRequests) &&
  value.actionRequests.length > 0 &&
  value.actionRequests.every(isNamedCall) &&
  Array.isArray(value.reviewConfigs) &&
  value.reviewConfigs.every(isRecord)

const reviewInBothSpellings = (review: Fields): Fields => ({
  ...review,
  action_name: review.actionName,
  allowed_decisions: review.allowedDecisions,
  ...(review.argsSchema === undefined ? {} : { args_schema: review.argsSchema }),
})

/**
 * The value with the field names of JavaScript and of Python, because user interfaces read one or the other, and for agent-inbox with the name
 * `arguments`. Other fields of the value are unchanged, also those that already have a name of Python.
 */
export function inBothSpellings(value: DecisionRequest): Fields {
  const reviews = value.reviewConfigs.map(reviewInBothSpellings)
  return {
    action_requests: value.actionRequests.map((action) => ({ ...action, arguments: action.args })),
    review_configs: reviews,
    ...value,
    reviewConfigs: reviews,
  }
}
