import type { StoreIndex } from './semantic-search.ts'

/** Statuses with which a provider rejects the text itself: a retry would fail too. */
const rejections: readonly unknown[] = [400, 413, 422]

/** Thrown if texts could not be embedded. */
export class EmbeddingFailed extends Error {
  /** Whether the embedding model rejected the texts, so that a retry would fail too. */
  readonly byInput: boolean
  constructor(sentence: string, byInput: boolean, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'EmbeddingFailed'
    this.byInput = byInput
  }
}

const statusOf = (error: unknown): unknown => (error instanceof Error && 'status' in error ? error.status : undefined)
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')

/** Whether a value is a vector that pgvector can store: its numbers have single precision. */
const isVector = (value: unknown, dims: number): value is readonly number[] =>
  Array.isArray(value) &&
  value.length === dims &&
  value.every((number) => typeof number === 'number' && Number.isFinite(Math.fround(number)))

const whatItIs = (value: unknown): string =>
  Array.isArray(value) ? `a list of ${value.length}` : value === null ? 'null' : typeof value

/**
 * Embeds texts.
 *
 * @returns the vector of each text
 * @throws {EmbeddingFailed} if the model fails, or returns anything but one vector of the right dimensions per text
 */
export async function embedTexts(
  { model, dims, embed }: StoreIndex,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const unique = [...new Set(texts)]
  if (unique.length === 0) return new Map()
  const vectors = await embed(unique).catch((error: unknown) => {
    const byInput = rejections.includes(statusOf(error))
    const wayOut = byInput ? 'Shorten the text, or name other fields in index' : 'Retry later'
    throw new EmbeddingFailed(`The embedding model "${model}" failed: ${reason(error)}. ${wayOut}.`, byInput, error)
  })
  if (!Array.isArray(vectors) || vectors.length !== unique.length) {
    throw new EmbeddingFailed(
      `The embedding model "${model}" returned ${whatItIs(vectors)} for ${unique.length} texts. It must return one vector per text.`,
      false,
    )
  }
  const wrong: unknown = vectors.find((vector: unknown) => !isVector(vector, dims))
  if (wrong !== undefined) {
    throw new EmbeddingFailed(
      `The embedding model "${model}" returned ${whatItIs(wrong)} in place of a vector of ${dims} numbers. Correct store.index.dims in langgraph.json, or the model.`,
      false,
    )
  }
  return new Map(unique.map((text, index) => [text, vectors[index]]))
}
