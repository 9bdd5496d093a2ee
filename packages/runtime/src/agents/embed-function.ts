import { isObject } from '@hadal/middleware/unknown-value'
import { importExport } from './import-export.ts'

type Embed = (texts: readonly string[]) => Promise<unknown>

/** Whether `store.index.embed` names a function of the author, such as `./embed.ts:embed`, and not a model of a provider. */
export const isEmbedFunction = (embed: string): boolean => /^[./]/.test(embed) || /\.[cm]?[jt]sx?:[^:]+$/.test(embed)

const isFunction = (value: unknown): value is (texts: readonly string[]) => unknown => typeof value === 'function'

/**
 * Loads the author's function that embeds texts: a function that returns one vector per text, or an object with LangChain's `embedDocuments`.
 *
 * @param file path of the langgraph.json, from whose folder the path of the module counts
 * @throws Error with one sentence if there is no such function
 */
export async function loadEmbedFunction(file: string, embed: string): Promise<Embed> {
  const colon = embed.lastIndexOf(':')
  const at = `${file}: "store.index.embed"`
  const entry = { modulePath: embed.slice(0, colon), exportName: embed.slice(colon + 1) }
  const { value: exported } = await importExport(at, file, entry)
  // The export may be a promise.
  const value: unknown = await exported
  if (isFunction(value)) return async (texts) => value(texts)
  const method = isObject(value) ? value.embedDocuments : undefined
  if (isFunction(method)) return async (texts) => method.call(value, texts)
  throw new Error(
    `${at} names ${embed}, which is neither a function nor an object with embedDocuments. Export a function that returns one vector per text.`,
  )
}
