import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import type { Bedrock } from '@hadal/platform/model-providers'

/** Matches an access key of AWS with its id, in contrast to an API key of Bedrock. */
const accessKey = /^(A[A-Z]IA[A-Z0-9]{12,}):(\S+)$/

/** Credentials of the client; empty for those of the pod or the machine. */
function credentialsOf(key: string | undefined) {
  if (key === undefined) return {}
  const [, accessKeyId, secretAccessKey] = accessKey.exec(key) ?? []
  if (accessKeyId && secretAccessKey) return { credentials: { accessKeyId, secretAccessKey } }
  return { authSchemePreference: ['httpBearerAuth'], token: async () => ({ token: key }) }
}

export type BedrockAccess = Pick<Bedrock, 'region' | 'baseUrl'> & { readonly key: string | undefined }

/** Loads the SDK of AWS and creates its client for Bedrock. */
export async function bedrockClient({ key, region, baseUrl }: BedrockAccess): Promise<BedrockRuntimeClient> {
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime')
  return new BedrockRuntimeClient({
    region,
    // The production stack retries.
    maxAttempts: 1,
    ...credentialsOf(key),
    ...(baseUrl ? { endpoint: baseUrl } : {}),
  })
}
