import type { AzureOpenAi } from '@hadal/platform/model-providers'
import type { MessageContent } from '@langchain/core/messages'
import { estimatedTokens } from '../estimated-tokens.ts'
import { everyModel, type MakeModel } from './make-model.ts'

/** Loads OpenAI's package for Azure OpenAI, whose Chat Completions API is the same in every version. */
export async function azureOpenAi(
  {
    apiKey,
    baseUrl,
    apiVersion,
    deployments,
  }: Pick<AzureOpenAi, 'baseUrl' | 'apiVersion' | 'deployments'> & { readonly apiKey: string },
  guarded: typeof fetch,
): Promise<MakeModel> {
  const { AzureChatOpenAICompletions } = await import('@langchain/openai')
  class Completions extends AzureChatOpenAICompletions {
    override async getNumTokens(content: MessageContent): Promise<number> {
      return estimatedTokens(content)
    }
  }
  return (model) =>
    new Completions({
      ...everyModel,
      model,
      azureOpenAIApiKey: apiKey,
      azureOpenAIEndpoint: baseUrl.replace(/\/+$/, ''),
      azureOpenAIApiVersion: apiVersion,
      azureOpenAIApiDeploymentName: deployments[model] ?? model,
      configuration: { fetch: guarded },
    })
}
