import { createHash } from 'node:crypto'
import type { BaseMessage } from '@langchain/core/messages'
import { convertToOpenAITool } from '@langchain/core/utils/function_calling'
import { toJsonSchema } from '@langchain/core/utils/json_schema'
import { isInteropZodSchema } from '@langchain/core/utils/types'
import { canonicalJson } from '../canonical-json.ts'
import { messageIdentity } from './message-identity.ts'

/** Version of the cache key. Increase it if the key of a request or the format of an entry changes. */
const version = 1

/** Fields of a request on which the answer of a model depends. */
export interface AnswerRequest {
  /** Tenant of the request. A tenant never gets stored answers of another tenant. */
  readonly tenant: string
  /** Provider, model and parameters of the request, as `modelParameters` returns them. */
  readonly model: unknown
  /** Content of the system message of the request. */
  readonly system: unknown
  readonly messages: readonly BaseMessage[]
  /** LangChain tools, or tools of a provider as plain objects. Their order does not matter. */
  readonly tools: readonly object[]
  readonly toolChoice: unknown
  readonly responseFormat: unknown
  /** Further settings of the model for the request. */
  readonly settings: unknown
  /** State and context that inner middleware may read when it changes the request. */
  readonly surroundings: unknown
}

/** Cache of the JSON texts of tools, because each schema must be converted. A tool lives as long as its agent. */
const toolTexts = new WeakMap<object, string>()

function toolText(tool: object): string {
  const known = toolTexts.get(tool)
  if (known !== undefined) return known
  const extras = 'extras' in tool ? tool.extras : undefined
  const text = canonicalJson({ tool: convertToOpenAITool(tool as Parameters<typeof convertToOpenAITool>[0]), extras })
  toolTexts.set(tool, text)
  return text
}

/** JSON form of a response format: a schema, a strategy with a schema, a list of them, or JSON Schema. */
function formatIdentity(format: unknown): unknown {
  if (Array.isArray(format)) return format.map(formatIdentity)
  if (isInteropZodSchema(format)) return toJsonSchema(format)
  if (format !== null && typeof format === 'object' && 'schema' in format)
    return { strategy: format.constructor.name, ...format, schema: formatIdentity(format.schema) }
  return format
}

/**
 * Cache key of a request: the SHA-256 hash of all fields on which the answer depends, in hexadecimal.
 *
 * @throws Error for a value without a JSON form, such as a tool whose schema can't be converted
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
