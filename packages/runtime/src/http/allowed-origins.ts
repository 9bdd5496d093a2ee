/** Whether a web page with this origin may call the API. */
export type AllowedOrigin = (origin: string) => boolean

const anyPort = /:\*$/

/**
 * Compiles a list of allowed origins.
 *
 * @param origins exact origins; `:*` at the end of one allows every port, and `*` alone every origin
 * @param pattern regular expression that the whole origin may match instead
 */
export function allowedOrigins(origins: readonly string[], pattern?: string): AllowedOrigin {
  const exact = new Set(origins)
  const withAnyPort = origins.filter((origin) => anyPort.test(origin)).map((origin) => origin.replace(anyPort, ''))
  const matcher = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`)
  return (origin) =>
    exact.has('*') ||
    exact.has(origin) ||
    withAnyPort.includes(origin.replace(/:\d{1,5}$/, '')) ||
    (matcher?.test(origin) ?? false)
}
