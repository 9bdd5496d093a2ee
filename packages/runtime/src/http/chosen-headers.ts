import type { HeaderNames } from '../agents/project-http.ts'

/** Headers with credentials. Only their exact names choose them, not a name with a wildcard. */
const credentials = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'x-auth-token', 'x-service-key']
/** Headers that are never chosen: those of the connection, and names with an underscore, as other keys of a configuration have them. */
const never =
  /^(host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|content-length|last-event-id|[^-]*_.*)$/

const matches = (name: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .toLowerCase()
      .split('*')
      .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(name)

/** Whether a langgraph.json chooses a request header. @param name name in lower case */
export function isChosen(name: string, { includes, excludes }: HeaderNames): boolean {
  if (never.test(name) || excludes.some((pattern) => matches(name, pattern))) return false
  if (credentials.includes(name)) return includes.some((pattern) => pattern.toLowerCase() === name)
  return includes.some((pattern) => matches(name, pattern))
}

/** Returns the headers of a request that a langgraph.json chooses, by their names in lower case. */
export const chosenHeaders = (headers: Headers, names: HeaderNames): Readonly<Record<string, string>> =>
  names.includes.length === 0 ? {} : Object.fromEntries([...headers].filter(([name]) => isChosen(name, names)))

/** Returns a `config.configurable` without the keys that have the name of a chosen header: the graph trusts the header, which a proxy may set. */
export const withoutHeaders = (
  configurable: Readonly<Record<string, unknown>>,
  names: HeaderNames,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(configurable).filter(([key]) => !isChosen(key.toLowerCase(), names)))

/**
 * Returns a client's `config.configurable` with the chosen headers of its request, and without its own keys of these names: see
 * {@link withoutHeaders}.
 */
export function withHeaders(
  configurable: Readonly<Record<string, unknown>>,
  headers: Headers,
  names: HeaderNames,
): Record<string, unknown> {
  if (names.includes.length === 0) return { ...configurable }
  return { ...withoutHeaders(configurable, names), ...chosenHeaders(headers, names) }
}
