import type { BaseMessage } from '@langchain/core/messages'
import { countTokensApproximately } from 'langchain'
import { isObject } from './unknown-value.ts'

/** Inputs that a model supports, with the field names of LangChain's model profiles. */
export interface ModelCapabilities {
  readonly toolCalling?: boolean
  readonly imageInputs?: boolean
  readonly pdfInputs?: boolean
  readonly audioInputs?: boolean
  readonly videoInputs?: boolean
  /** Maximum number of tokens of a request to the model. */
  readonly maxInputTokens?: number
}

/** Capabilities that are assumed for a model without a description: it calls tools, accepts only text, and has a context of a common size. */
export const undescribedModel: ModelCapabilities = { toolCalling: true, maxInputTokens: 100_000 }

/** Capabilities that a request requires of a model. */
export interface ModelNeeds {
  readonly kinds: ReadonlySet<'toolCalling' | 'imageInputs' | 'pdfInputs' | 'audioInputs' | 'videoInputs'>
  /** Estimated number of tokens of a request to a model. */
  readonly inputTokens: number
}

type Need = ModelNeeds['kinds'] extends ReadonlySet<infer Kind> ? Kind : never

/** Required capability for each type of content block, in the formats of LangChain, Anthropic and OpenAI. */
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

/** Factor for an estimate of tokens by characters, which is too low for code and for non-Latin scripts. */
const estimateMargin = 1.25

const hasSchema = (tool: unknown): tool is { name: string; schema: unknown } => isObject(tool) && 'schema' in tool

/**
 * Capabilities that a request requires of a model, and its estimated size.
 *
 * @param messages all messages of the request, including the system message
 */
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
  // A common size per tool is accurate enough here.
  const inputTokens = Math.ceil(countTokensApproximately([...messages]) * estimateMargin) + described * tokensOfTool
  return { kinds, inputTokens }
}

/** Assumed number of tokens of a tool's description and schema: about the average of deepagents' own tools. */
const tokensOfTool = 500

/** Whether a model with these capabilities can serve the request. */
export function canServe(capabilities: ModelCapabilities, { kinds, inputTokens }: ModelNeeds): boolean {
  if (capabilities.maxInputTokens !== undefined && inputTokens > capabilities.maxInputTokens) return false
  return [...kinds].every((kind) => capabilities[kind] ?? undescribedModel[kind] ?? false)
}

/**
 * Capabilities of a model: those in a table by name, or else the model's profile from LangChain's package of the provider, or else a default.
 *
 * @param table takes precedence, because a model behind a gateway may support less than its profile states
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
