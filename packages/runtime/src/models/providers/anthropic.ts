import { everyModel, type MakeModel } from './make-model.ts'

/** Default address of Anthropic's API. It is set explicitly because LangChain otherwise reads several variables of the process. */
const ownAddress = 'https://api.anthropic.com'

/** Loads Anthropic's package. */
export async function anthropic(
  { apiKey, baseUrl = ownAddress }: { readonly apiKey: string; readonly baseUrl?: string | undefined },
  guarded: typeof fetch,
): Promise<MakeModel> {
  const { ChatAnthropic } = await import('@langchain/anthropic')
  return (model) =>
    new ChatAnthropic({ ...everyModel, model, apiKey, anthropicApiUrl: baseUrl, clientOptions: { fetch: guarded } })
}
