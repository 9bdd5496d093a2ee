/** Maximum size of a key, in bytes. Key and namespace form an index entry, which PostgreSQL limits to a third of a page. */
const mostKeyBytes = 1_024
/** Maximum size of all labels of a namespace together, in bytes. */
const mostNamespaceBytes = 1_024
/** Maximum number of labels of a namespace. Each label takes up to 7 bytes more in the index entry. */
export const mostLabels = 64

/** First label of the namespaces of users. Clients don't see it and can't name it. */
export const ofUsers = 'hadal:user'

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** Returns what is wrong with the key of an item, as the rest of a sentence about it; undefined for a valid key. */
export function keyProblem(key: string): string | undefined {
  if (!isStorable(key)) return `is ${quoted(key)}, which contains U+0000 or half of a surrogate pair. Remove it`
  const bytes = Buffer.byteLength(key)
  if (bytes > mostKeyBytes)
    return `is ${quoted(key)} and has ${bytes} bytes; the maximum is ${mostKeyBytes}. Shorten it`
}

/** Returns what is wrong with a label, by LangGraph's rules. */
function labelProblem(label: string): string | undefined {
  if (label === '') return 'contains an empty label. Leave it out'
  if (!isStorable(label))
    return `contains the label ${quoted(label)} with U+0000 or half of a surrogate pair. Remove it`
  if (/[.:]/.test(label)) return `contains the label ${quoted(label)} with a period or a colon. Use other characters`
}

/** Returns what is wrong with a namespace, or with a prefix or suffix of one, as the rest of a sentence about it; undefined for a valid one. */
export function namespaceProblem(namespace: readonly string[]): string | undefined {
  if (namespace.length > mostLabels)
    return `has ${namespace.length} labels; the maximum is ${mostLabels}. Use fewer labels`
  for (const label of namespace) {
    const problem = labelProblem(label)
    if (problem) return problem
  }
  const bytes = Buffer.byteLength(namespace.join(''))
  if (bytes > mostNamespaceBytes) {
    return `beginning with ${quoted(namespace[0] ?? '')} has ${bytes} bytes; the maximum is ${mostNamespaceBytes}. Shorten it`
  }
}
