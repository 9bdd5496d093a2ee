import { z } from 'zod'
import { HttpsUrl } from './scalars.ts'

/** A model as LangChain names it, `<provider>:<model id>`. */
export const ModelName = z.string().regex(/^(anthropic|openai):\S+$/, '"anthropic:<model id>" or "openai:<model id>"')

const Anthropic = z.strictObject({
  /** Another address that speaks the provider's API. */
  baseUrl: HttpsUrl.optional(),
})
const OpenAi = z.strictObject({
  /** Another address that speaks the provider's API. It ends in `/v1`. */
  baseUrl: HttpsUrl.optional(),
  /** Which of OpenAI's two APIs is spoken. Absent: Responses to OpenAI itself, Chat Completions to another address. */
  api: z.enum(['responses', 'chat-completions']).optional(),
})

/** The guide's routing by complexity. */
export const ModelRouting = z.strictObject({
  simple: ModelName,
  standard: ModelName,
  complex: ModelName,
  /** A request is simple below both of these. Tokens and tools as in the guide. */
  simpleBelowTokens: z.int().min(1).default(500),
  simpleBelowTools: z.int().min(1).default(3),
  standardBelowTokens: z.int().min(1).default(2000),
})

/** Which models answer. */
export const Models = z.strictObject({
  providers: z.strictObject({ anthropic: Anthropic.optional(), openai: OpenAi.optional() }),
  /** The model of every agent that doesn't name one. */
  default: ModelName,
  /** Tried in this order when the model before is away. */
  fallbacks: z.array(ModelName).default([]),
  /** Absent: every request goes to `default`. */
  routing: ModelRouting.optional(),
})
export type Models = z.infer<typeof Models>
