import { createHash } from 'node:crypto'
import type { BaseMessage } from '@langchain/core/messages'
import { convertToOpenAITool } from '@langchain/core/utils/function_calling'
import { toJsonSchema } from '@langchain/core/utils/json_schema'
import { isInteropZodSchema } from '@langchain/core/utils/types'
import { canonicalJson } from '../canonical-json.ts'
import { messageIdentity } from './message-identity.ts'

/** Counted up when the same request would be written down in another way, or an entry mean something else. */
const version = 1

/** Everything that can change what a model answers. */
export interface AnswerRequest {
  /** Whose answers these are: nobody gets another's. */
  readonly tenant: string
  /** Provider, model and parameters, as `modelParameters` gives them. */
  readonly model: unknown
  /** Content of the system message. */
  readonly system: unknown
  readonly messages: readonly BaseMessage[]
  /** LangChain's tools, or a provider's own as plain objects. Their order means nothing. */
  readonly tools: readonly object[]
  readonly toolChoice: unknown
  readonly responseFormat: unknown
  /** What else is bound to the model for this call. */
  readonly settings: unknown
  /** What middleware nearer to the model may read when it changes the request. */
  readonly surroundings: unknown
}

/** A tool's class is made once and lives as long as its agent, and its schema costs a conversion. */
const toolTexts = new WeakMap<object, string>()

function toolText(tool: object): string {
  const known = toolTexts.get(tool)
  if (known !== undefined) return known
  const extras = 'extras' in tool ? tool.extras : undefined
  const text = canonicalJson({ tool: convertToOpenAITool(tool as Parameters<typeof convertToOpenAITool>[0]), extras })
  toolTexts.set(tool, text)
  return text
}

/** A schema, a strategy around one, several of them, or JSON Schema as it is. */
function formatIdentity(format: unknown): unknown {
  if (Array.isArray(format)) return format.map(formatIdentity)
  if (isInteropZodSchema(format)) return toJsonSchema(format)
  if (format !== null && typeof format === 'object' && 'schema' in format)
    return { strategy: format.constructor.name, ...format, schema: formatIdentity(format.schema) }
  return format
}

/**
 * The name under which the answer to a request is kept: the same for requests that can't be answered differently, another one otherwise.
 *
 * @returns 64 hexadecimal digits
 * @throws Error for what can't be written down, such as a tool whose schema has no JSON form
 */
export function answerKey(request: AnswerRequest): string {
  const text = canonicalJson({
    version,
    tenant: request.tenant,
    model: request.model,
    system: request.system,
    messages: messageIdentity(request.messages),
    tools: request.tools.map(toolText).sort(),
    toolChoice: request.toolChoice,
    responseFormat: formatIdentity(request.responseFormat),
    settings: request.settings,
    surroundings: request.surroundings,
  })
  return createHash('sha256').update(text).digest('hex')
}
