import { getCurrentTaskInput } from '@langchain/langgraph'
import { type AgentMiddleware, createMiddleware } from 'langchain'
import { AnswerFlights, type ResponseCacheObserver } from './response-cache/answer-flights.ts'
import { answerKey } from './response-cache/answer-key.ts'
import type { AnswerStore } from './response-cache/answer-store.ts'
import { askedModel, modelParameters } from './response-cache/model-parameters.ts'

type WrapModelCall = NonNullable<AgentMiddleware['wrapModelCall']>
export type CachedRequest = Parameters<WrapModelCall>[0]

export interface ResponseCacheOptions {
  /** Store of the answers: Redis (`createRedisAnswerStore`) or the memory of this process (`createMemoryAnswerStore`). */
  readonly store: AnswerStore
  /** Time in seconds for which an answer of a model is stored. */
  readonly ttlSeconds?: number
  /** Tenant that owns the stored answers, or a function that returns it. A tenant never gets answers of another tenant. */
  readonly tenant?: string | ((request: CachedRequest) => string)
  /** Whether the response cache stores answers that call tools. Such an answer lets the agent call the tools again without a model call. */
  readonly cacheToolCalls?: boolean
  /** Names of state fields that no inner middleware reads, such as counters. Requests that differ only in these fields count as equal. */
  readonly ignoreState?: readonly string[]
  /** Maximum size of an entry of the response cache, in bytes. Larger entries are not stored. */
  readonly mostBytes?: number
  /** Time in milliseconds after which the lock of a request expires if its process dies. The lock is renewed during the model call. */
  readonly lockMs?: number
  /** Maximum time in milliseconds that a request waits for the answer to an identical request before it calls the model. */
  readonly waitMs?: number
  readonly observer?: ResponseCacheObserver
}

/**
 * Middleware that caches the answers of models, and calls a model once for identical requests.
 *
 * Two requests of a tenant are identical if they have the same model and parameters (temperature included), system prompt, conversation, tools and
 * response format, and the same state and context of the agent, which inner middleware may read. The ids of threads and runs don't matter.
 *
 * Only complete answers are stored: no truncated answers, no answers of a fallback, and no answers that call tools unless `cacheToolCalls` is set.
 * A model without known parameters (`_identifyingParams`) is always called, and structured answers are not stored.
 *
 * An answer from the cache has a new id, `usage_metadata` of zeros, and `response_metadata.cached`. A failure of the store is a miss, never an
 * error.
 */
export function createResponseCacheMiddleware({
  store,
  ttlSeconds = 3_600,
  tenant = 'default',
  cacheToolCalls = false,
  ignoreState = [],
  mostBytes = 262_144,
  lockMs = 10_000,
  waitMs = 60_000,
  observer = {},
}: ResponseCacheOptions) {
  const flights = new AnswerFlights({ store, ttlSeconds, cacheToolCalls, mostBytes, lockMs, waitMs, observer })
  return createMiddleware({
    name: 'ResponseCache',
    wrapModelCall: async (request, handler) => {
      const whose = typeof tenant === 'string' ? tenant : tenant(request)
      const key = await keyOf(request, whose, ignoreState)
      if (key !== undefined)
        return flights.answer(key, askedModel(request.model), request.runtime.signal, async () => handler(request))
      observer.onRequest?.('skipped')
      return handler(request)
    },
  })
}

/** Cache key of a request; undefined if it can't be computed, because the parameters of the model are unknown or a value has no JSON form. */
async function keyOf(
  request: CachedRequest,
  tenant: string,
  ignoreState: readonly string[],
): Promise<string | undefined> {
  try {
    const model = await modelParameters(request.model, request.runtime.configurable)
    if (model === undefined) return undefined
    return answerKey({
      tenant,
      model,
      system: request.systemMessage.content,
      messages: request.messages,
      tools: request.tools,
      toolChoice: request.toolChoice,
      responseFormat: request.responseFormat,
      settings: request.modelSettings,
      surroundings: { state: agentState(ignoreState), context: request.runtime.context },
    })
  } catch {
    return undefined
  }
}

/** State of the agent without its messages, read from the graph because a request has only the middleware's own part. Empty outside of a graph. */
function agentState(ignored: readonly string[]): unknown {
  try {
    const state: unknown = getCurrentTaskInput()
    if (state === null || typeof state !== 'object') return {}
    return Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'messages' && !ignored.includes(name)))
  } catch {
    return {}
  }
}
