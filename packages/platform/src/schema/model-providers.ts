import { z } from 'zod'
import { UrlDestination } from './destination.ts'
import { HttpUrl } from './scalars.ts'

/**
 * Destination that the NetworkPolicy of the agents' pods allows for `baseUrl`. Required if `baseUrl` is not a public host at port 443.
 * `http://` requires `plainHttp: true` here.
 */
const destination = UrlDestination.optional()
const baseUrl = HttpUrl.optional()

/**
 * How the server authenticates to a cloud. `key`: by a static key in the secret store. `workload-identity`: by the ServiceAccount of the pods, for
 * which the cluster provides short-lived credentials.
 */
const credentials = z.enum(['key', 'workload-identity'])

const Region = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'the name of a region, e.g. "eu-central-1"')

const Anthropic = z.strictObject({
  /** Base URL of another server with Anthropic's API. */
  baseUrl,
  destination,
})

const OpenAi = z.strictObject({
  /** Base URL of another server with OpenAI's API. It ends in `/v1`. */
  baseUrl,
  destination,
  /** Which of OpenAI's two APIs is used. Default: Responses at OpenAI's own address, Chat Completions at any other. */
  api: z.enum(['responses', 'chat-completions']).optional(),
})

export const AzureOpenAi = z.strictObject({
  /** Address of the Azure OpenAI resource, e.g. `https://<resource>.openai.azure.com`. */
  baseUrl: HttpUrl,
  destination,
  apiVersion: z.string().regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/, 'the date of a version, e.g. "2025-04-01-preview"'),
  /** Names of the deployments by model id. Default: a deployment has the name of its model. */
  deployments: z.record(z.string(), z.string().min(1)).default({}),
})
export type AzureOpenAi = z.infer<typeof AzureOpenAi>

export const GoogleGenAi = z.strictObject({
  /** Base URL of another server with Gemini's API, without a version. */
  baseUrl,
  destination,
})
export type GoogleGenAi = z.infer<typeof GoogleGenAi>

export const GoogleVertexAi = z.strictObject({
  /** Id of the Google Cloud project. */
  project: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'the id of a project, e.g. "acme-agents"'),
  /** Location of the models: a region, `eu`, `us` or `global`. */
  location: Region,
  /** `key`: the JSON key of a service account. */
  credentials: credentials.default('workload-identity'),
  /** Base URL of another server with Vertex AI's API, such as a Private Service Connect endpoint. */
  baseUrl,
  destination,
})
export type GoogleVertexAi = z.infer<typeof GoogleVertexAi>

export const Bedrock = z.strictObject({
  /** AWS region of the models. */
  region: Region,
  /** `key`: an API key of Bedrock, or `<access key id>:<secret access key>`. */
  credentials: credentials.default('workload-identity'),
  /** Base URL of another server with Bedrock's runtime API, such as a VPC endpoint. */
  baseUrl,
  destination,
})
export type Bedrock = z.infer<typeof Bedrock>

/** Model providers that the server supports itself. Except `anthropic` and `openai`, the names are those of LangChain's `initChatModel`. */
export const ModelProviders = z.strictObject({
  anthropic: Anthropic.optional(),
  openai: OpenAi.optional(),
  azure_openai: AzureOpenAi.optional(),
  'google-genai': GoogleGenAi.optional(),
  'google-vertexai': GoogleVertexAi.optional(),
  bedrock: Bedrock.optional(),
})

/** Providers whose settings the server reads from the variable `MODEL_PROVIDERS`. */
export const CloudProviders = ModelProviders.omit({ anthropic: true, openai: true })
export type CloudProviders = z.infer<typeof CloudProviders>

/** Chat model of another LangChain package, which `packages/agents/package.json` must list. */
export const ModelPackage = z.strictObject({
  /** Name of the npm package, e.g. `@langchain/mistralai`. */
  package: z
    .string()
    .regex(
      /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/,
      'the name of an npm package, e.g. "@langchain/mistralai"',
    ),
  /** Name of the exported class of chat models, e.g. `ChatMistralAI`. */
  class: z.string().regex(/^[A-Z]\w*$/, 'the name of a class, e.g. "ChatMistralAI"'),
  /** Option of the class that receives the provider's key from the secret store; `none` for a provider without a key. */
  keyOption: z
    .string()
    .regex(/^[a-zA-Z]\w*$/, 'the name of an option, e.g. "apiKey"')
    .default('apiKey'),
  /** Other options of the class. They are in Git, so they must not contain a secret. */
  options: z.record(z.string(), z.json()).default({}),
})
export type ModelPackage = z.infer<typeof ModelPackage>

/** Chat models of other LangChain packages by the name of the provider, the part of a model's name before the colon. */
export const ModelPackages = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]{0,40}$/, 'the name of a provider, e.g. "mistralai"'),
  ModelPackage,
)
export type ModelPackages = z.infer<typeof ModelPackages>
