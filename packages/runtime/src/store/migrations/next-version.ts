/**
 * Returns the text of an SQL function of an earlier migration as a function of a new name.
 *
 * @param source SQL of the migration
 * @param name name of the function in it, without its schema
 * @param newName name of the new function, without its schema
 * @param changes texts to replace, each of which must occur
 */
export function nextVersion(
  source: string,
  name: string,
  newName: string,
  changes: readonly (readonly [from: string, to: string])[],
): string {
  const bug = (what: string): Error =>
    new Error(`The migration's function hadal.${name} ${what}. This is a bug in Hadal.`)
  let text = new RegExp(`CREATE FUNCTION hadal\\.${name}\\(.*?\nEND \\$\\$;`, 's').exec(source)?.[0]
  if (text === undefined) throw bug('does not exist')
  for (const [from, to] of [[`hadal.${name}(`, `hadal.${newName}(`] as const, ...changes]) {
    if (!text.includes(from)) throw bug(`has no text "${from}"`)
    text = text.replaceAll(from, to)
  }
  return text
}

/** Change for {@link nextVersion}: the function sets the tenant of its transaction before it reads. Its first parameter must be `of_tenant`. */
export const setsTenant = ['\nBEGIN\n', "\nBEGIN\n  PERFORM set_config('hadal.tenant', of_tenant, true);\n"] as const
