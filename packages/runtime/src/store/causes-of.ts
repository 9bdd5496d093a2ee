/** Returns an error and the chain of its causes, the outermost first. The chain can be cyclic: agent code sets the causes. */
export function causesOf(error: unknown): Error[] {
  const found: Error[] = []
  for (let each = error; each instanceof Error && !found.includes(each); each = each.cause) found.push(each)
  return found
}
