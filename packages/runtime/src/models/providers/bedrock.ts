import type { Bedrock } from '@hadal/platform/model-providers'
import { guardedModel } from '../guarded-model.ts'
import type { FetchBounds } from '../watch.ts'
import { everyModel, type MakeModel } from './make-model.ts'

/** Matches an access key of AWS with its id, in contrast to an API key of Bedrock. */
const accessKey = /^(A[A-Z]IA[A-Z0-9]{12,}):(\S+)$/

/** Credentials of the client; empty for those of the pod or the machine. */
function credentialsOf(key: string | undefined) {
  if (key === undefined) return {}
  const [, accessKeyId, secretAccessKey] = accessKey.exec(key) ?? []
  if (accessKeyId && secretAccessKey) return { credentials: { accessKeyId, secretAccessKey } }
  return { authSchemePreference: ['httpBearerAuth'], token: async () => ({ token: key }) }
}

/** Loads AWS' package for Bedrock. The SDK of AWS has its own HTTP client, so the timeouts are around the model's stream. */
export async function bedrock(
  { key, region, baseUrl }: Pick<Bedrock, 'region' | 'baseUrl'> & { readonly key: string | undefined },
  bounds: FetchBounds,
): Promise<MakeModel> {
  const [{ ChatBedrockConverse }, { BedrockRuntimeClient }] = await Promise.all([
    import('@langchain/aws'),
    import('@aws-sdk/client-bedrock-runtime'),
  ])
  const client = new BedrockRuntimeClient({
    region,
    // The production stack retries.
    maxAttempts: 1,
    ...credentialsOf(key),
    ...(baseUrl ? { endpoint: baseUrl } : {}),
  })
  return (model) =>
    guardedModel(new ChatBedrockConverse({ ...everyModel, model, region, client }), bounds, 'messageStop')
}
