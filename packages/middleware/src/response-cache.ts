import { getCurrentTaskInput } from '@langchain/langgraph'
import { type AgentMiddleware, createMiddleware } from 'langchain'
import { AnswerFlights, type ResponseCacheObserver } from './response-cache/answer-flights.ts'
import { answerKey } from './response-cache/answer-key.ts'
import type { AnswerStore } from './response-cache/answer-store.ts'
import { askedModel, modelParameters } from './response-cache/model-parameters.ts'

type WrapModelCall = NonNullable<AgentMiddleware['wrapModelCall']>
export type CachedRequest = Parameters<WrapModelCall>[0]

export interface ResponseCacheOptions {
  /** In Redis (`createRedisAnswerStore`) or in this process (`createMemoryAnswerStore`). */
  readonly store: AnswerStore
  /** How long an answer is kept. */
  readonly ttlSeconds?: number
  /** Whose answers these are; nobody gets another tenant's. */
  readonly tenant?: string | ((request: CachedRequest) => string)
  /** Whether answers that call tools are kept. Whoever gets such an answer acts again without the model having been asked. */
  readonly cacheToolCalls?: boolean
  /** Parts of the agent's state that no middleware nearer to the model reads, such as counters: they would make equal requests differ. */
  readonly ignoreState?: readonly string[]
  /** A larger entry is not kept. */
  readonly mostBytes?: number
  /** How long a lock outlives the process that held it. While a model is asked, it is renewed. */
  readonly lockMs?: number
  /** How long a request waits for the answer to the same one, before it asks the model itself. */
  readonly waitMs?: number
  readonly observer?: ResponseCacheObserver
}

/**
 * Keeps the answers of models, and asks a model once for requests that are the same.
 *
 * The same are two requests of one tenant that agree in model and parameters, system prompt, conversation, tools, response format, and in the
 * agent's state and context, which middleware nearer to the model may read. The ids of threads and runs don't count. Temperature does not keep
 * an answer out of the cache; it is part of what must agree.
 *
 * Kept are whole answers only: none that was cut, none that calls a tool unless `cacheToolCalls` says so, and none that another model gave than
 * the one that was asked. A model that doesn't say with
 * what parameters it is asked (`_identifyingParams`) is always asked, and so is one whose answer is structured.
 *
 * An answer from the cache has a new id, `usage_metadata` of zeros, and `response_metadata.cached`. A store that fails makes a miss, never an
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

/** @returns undefined where the request can't be named for certain: its model tells nothing, or something in it has no JSON form */
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

/** The whole state of the agent but its messages; a middleware's request shows only its own part. Empty outside a graph. */
function agentState(ignored: readonly string[]): unknown {
  try {
    const state: unknown = getCurrentTaskInput()
    if (state === null || typeof state !== 'object') return {}
    return Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'messages' && !ignored.includes(name)))
  } catch {
    return {}
  }
}
