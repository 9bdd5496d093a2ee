/**
 * Returns the SQL conditions of the namespaces that begin with a prefix, label by label. They are a range of the primary key: in PostgreSQL's
 * order of arrays, NULL comes after every label, so the prefix followed by NULL comes right after the last namespace that begins with the prefix.
 *
 * @param parameters parameters of the statement; the prefix is appended
 */
export function namespaceRange(prefix: readonly string[], parameters: unknown[]): string[] {
  if (prefix.length === 0) return []
  const labels = `$${parameters.push(prefix)}::text[]`
  return [`namespace >= ${labels}`, `namespace < array_append(${labels}, NULL)`]
}
