import type { BaseMessage } from '@langchain/core/messages'
import { countTokensApproximately } from 'langchain'
import { isObject } from './unknown-value.ts'

/** What a model can take, in the words of LangChain's model profiles. */
export interface ModelCapabilities {
  readonly toolCalling?: boolean
  readonly imageInputs?: boolean
  readonly pdfInputs?: boolean
  readonly audioInputs?: boolean
  readonly videoInputs?: boolean
  /** Tokens of everything that is sent. */
  readonly maxInputTokens?: number
}

/** What is assumed of a model that nobody describes: it calls tools, sees nothing, and its context is of a common size. */
export const undescribedModel: ModelCapabilities = { toolCalling: true, maxInputTokens: 100_000 }

/** What a request asks of a model. */
export interface ModelNeeds {
  readonly kinds: ReadonlySet<'toolCalling' | 'imageInputs' | 'pdfInputs' | 'audioInputs' | 'videoInputs'>
  /** Estimate of all that is sent. */
  readonly inputTokens: number
}

type Need = ModelNeeds['kinds'] extends ReadonlySet<infer Kind> ? Kind : never

/** The types of content blocks in LangChain's standard form, in Anthropic's and in OpenAI's. */
const needOfBlock: Readonly<Record<string, Need>> = {
  image: 'imageInputs',
  image_url: 'imageInputs',
  input_image: 'imageInputs',
  audio: 'audioInputs',
  input_audio: 'audioInputs',
  video: 'videoInputs',
  file: 'pdfInputs',
  input_file: 'pdfInputs',
  document: 'pdfInputs',
}

/** An estimate by characters may be this much too low, for code and for scripts other than the Latin one. */
const estimateMargin = 1.25

const hasSchema = (tool: unknown): tool is { name: string; schema: unknown } => isObject(tool) && 'schema' in tool

/** @param messages all that are sent, the system message too */
export function modelNeeds(messages: readonly BaseMessage[], tools: readonly unknown[]): ModelNeeds {
  const kinds = new Set<Need>()
  if (tools.length > 0) kinds.add('toolCalling')
  for (const { content } of messages) {
    if (!Array.isArray(content)) continue
    for (const { type } of content) {
      const need = typeof type === 'string' ? needOfBlock[type] : undefined
      if (need) kinds.add(need)
    }
  }
  const described = tools.filter(hasSchema).length
  // A tool's schema is measured by its text elsewhere; here a common size will do.
  const inputTokens = Math.ceil(countTokensApproximately([...messages]) * estimateMargin) + described * tokensOfTool
  return { kinds, inputTokens }
}

/** deepagents' own tools, with their long descriptions, come to about this much each. */
const tokensOfTool = 500

/** Whether a model with these capabilities can serve the request. */
export function canServe(capabilities: ModelCapabilities, { kinds, inputTokens }: ModelNeeds): boolean {
  if (capabilities.maxInputTokens !== undefined && inputTokens > capabilities.maxInputTokens) return false
  return [...kinds].every((kind) => capabilities[kind] ?? undescribedModel[kind] ?? false)
}

/**
 * The profile that LangChain's package of the provider gives for a model, or what a table says of it, by name.
 *
 * @param table comes first: a gateway's model may do less than its name promises
 */
export function capabilitiesOf(
  model: object,
  name: string,
  table: Readonly<Record<string, ModelCapabilities>>,
): ModelCapabilities {
  const written = table[name]
  if (written) return written
  const profile: unknown = 'profile' in model ? model.profile : undefined
  const isDescribed = isObject(profile) && Object.keys(profile).length > 0
  return isDescribed ? (profile as ModelCapabilities) : undescribedModel
}
