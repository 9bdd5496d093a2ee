import type { BaseChatModel } from '@langchain/core/language_models/chat_models'

/** Creates a model of a provider. @param id the part of the model's name after the provider */
export type MakeModel = (id: string) => BaseChatModel

/**
 * Options of every model. Models always stream, because without streaming a slow response can't be distinguished from a lost one.
 *
 * `maxRetries` is the maximum number of LangChain's retries, for calls that bypass the production stack, such as summaries. The stack disables them:
 * its own retries know the providers better, and both would multiply. LangChain always disables the retries of the SDKs.
 */
export const everyModel = { streaming: true, maxRetries: 2 } as const
