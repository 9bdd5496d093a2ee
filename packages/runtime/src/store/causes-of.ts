/** An error and the errors that caused it, the outermost first. Authors' errors may cause each other in a cycle. */
export function causesOf(error: unknown): Error[] {
  const found: Error[] = []
  for (let each = error; each instanceof Error && !found.includes(each); each = each.cause) found.push(each)
  return found
}
