import type { GoogleVertexAi } from '@hadal/platform/model-providers'
import { z } from 'zod'
import { guardedFetch } from '../guarded-fetch.ts'
import type { FetchBounds } from '../watch.ts'
import { everyModel, type MakeModel } from './make-model.ts'

export type GoogleAccess =
  | { readonly kind: 'gemini'; readonly apiKey: string; readonly baseUrl?: string | undefined }
  | ({
      readonly kind: 'vertex'
      /** JSON key of a service account. If undefined, the credentials of the pod or the machine are used. */
      readonly serviceAccount: string | undefined
    } & Pick<GoogleVertexAi, 'project' | 'location' | 'baseUrl'>)

const scopes = ['https://www.googleapis.com/auth/cloud-platform']

/** Returns a function that adds the credentials to the headers of a request. */
async function authentication(access: GoogleAccess): Promise<(headers: Headers) => Promise<void>> {
  if (access.kind === 'gemini')
    return async (headers) => {
      headers.set('x-goog-api-key', access.apiKey)
    }
  const { GoogleAuth, JWT } = await import('google-auth-library')
  if (access.serviceAccount === undefined) {
    const auth = new GoogleAuth({ scopes, projectId: access.project })
    return async (headers) => {
      headers.set('authorization', `Bearer ${await auth.getAccessToken()}`)
    }
  }
  const { client_email: email, private_key: key } = serviceAccount(access.serviceAccount)
  const account = new JWT({ email, key, scopes })
  return async (headers) => {
    headers.set('authorization', `Bearer ${(await account.getAccessToken()).token}`)
  }
}

const ServiceAccount = z.looseObject({ client_email: z.string(), private_key: z.string() })

function serviceAccount(text: string): z.infer<typeof ServiceAccount> {
  try {
    return ServiceAccount.parse(JSON.parse(text))
  } catch {
    // The error of the parser would quote the key.
    throw new Error(
      'GOOGLE_VERTEXAI_API_KEY is not the JSON key of a service account: it must have the fields client_email and private_key. Create a key for the service account, or set the credentials of google-vertexai to "workload-identity".',
    )
  }
}

/** Statuses of Google's token and metadata servers for which a retry may succeed: timeout, conflict, too many requests. */
const transient = [408, 409, 429]

/** Error for credentials that Google's token or metadata server rejects. It has the status of a rejected key, so a fallback model answers. */
class RejectedCredentials extends Error {
  readonly status = 401
}

/** Returns an error that makes clear whether the credentials are wrong or their server is unavailable. */
function credentialsError(error: unknown): unknown {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined
  if (typeof status !== 'number' || status < 400 || status >= 500 || transient.includes(status)) return error
  return new RejectedCredentials(`Google rejects the credentials of google-vertexai with status ${status}.`, {
    cause: error,
  })
}

/** Loads Google's package, which has Gemini's API and Vertex AI. Its own HTTP client is replaced by one with the server's `fetch`. */
export async function google(access: GoogleAccess, bounds: FetchBounds): Promise<MakeModel> {
  const [{ ChatGoogle }, authenticate] = await Promise.all([import('@langchain/google'), authentication(access)])
  const { baseUrl } = access
  // The timeouts of a request include its authentication: a token or metadata server may stall, too.
  const guarded = guardedFetch(bounds, async (input, init) => {
    const request = new Request(input, init)
    await authenticate(request.headers).catch((error: unknown) => {
      throw credentialsError(error)
    })
    return fetch(request)
  })
  const apiClient = {
    getProjectId: async () => (access.kind === 'vertex' ? access.project : ''),
    hasApiKey: () => access.kind === 'gemini',
    fetch(request: Request): Promise<Response> {
      // LangChain's package calls Vertex AI only at public addresses.
      return guarded(access.kind === 'vertex' && baseUrl ? new Request(at(baseUrl, request.url), request) : request)
    },
  }
  return (model) =>
    access.kind === 'gemini'
      ? new ChatGoogle({
          ...everyModel,
          model,
          platformType: 'gai',
          apiKey: access.apiKey,
          apiClient,
          ...(baseUrl ? { endpoint: baseUrl } : {}),
        })
      : new ChatGoogle({
          ...everyModel,
          model,
          platformType: 'gcp',
          location: access.location,
          // The package would otherwise use a key from the variables of the process.
          apiKey: '',
          apiClient,
        })
}

/** A URL at another server, with the path and the query of the first. */
function at(baseUrl: string, url: string): string {
  const { pathname, search } = new URL(url)
  return `${baseUrl.replace(/\/+$/, '')}${pathname}${search}`
}
