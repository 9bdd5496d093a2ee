import type { HeaderNames } from '../agents/project-http.ts'
import { isReservedKey } from '../runs/client-context.ts'

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

/** Returns the headers of a request that a langgraph.json chooses for `config.configurable`, without names that belong to the server or a middleware. */
export const runHeaders = (headers: Headers, names: HeaderNames): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(chosenHeaders(headers, names)).filter(([name]) => !isReservedKey(name)))

/** Returns a `config.configurable` without the keys that have the name of a chosen header: the graph trusts the header, which a proxy may set. */
export const withoutHeaders = (
  configurable: Readonly<Record<string, unknown>>,
  names: HeaderNames,
): Record<string, unknown> =>
  names.includes.length === 0
    ? { ...configurable }
    : Object.fromEntries(Object.entries(configurable).filter(([key]) => !isChosen(key.toLowerCase(), names)))
