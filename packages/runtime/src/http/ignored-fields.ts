import type { Context, MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'

declare module 'hono' {
  interface ContextVariableMap {
    /** Fields of the request that had no effect, as paths such as `config.callbacks`. */
    ignoredFields?: readonly string[]
    /** Whether the route has validated the query. The parameters of any other query have no effect. */
    queryIsChecked?: boolean
  }
}

/** Response header that names the fields of a request that had no effect. Scripts of web pages can read it. */
export const ignoredFieldsHeader = 'Hadal-Ignored-Fields'

const mostNames = 20
const mostBytes = 1_024
/** Maximum length of a name. Each of its characters has at most 9 bytes in the header. */
const mostCharacters = 100

/** Records fields of a request that have no effect, for the response and the debug log. */
export function nameIgnored(c: Context, names: readonly string[]): void {
  if (names.length > 0) c.set('ignoredFields', [...(c.get('ignoredFields') ?? []), ...names])
}

/** The value of the header: percent-encoded names, separated by commas, as many as fit. */
export function ignoredFieldsValue(names: readonly string[]): string {
  const encoded = [...new Set(names)]
    .slice(0, mostNames)
    .map((name) => encodeURIComponent(name.slice(0, mostCharacters).toWellFormed()))
  let value = ''
  for (const name of encoded) {
    const longer = value === '' ? name : `${value}, ${name}`
    if (longer.length > mostBytes) break
    value = longer
  }
  return value
}

/** Middleware that names the ignored fields of each request in the response and in the debug log. */
export const ignoredFields =
  (log: Logger): MiddlewareHandler =>
  async (c, next) => {
    await next()
    if (!c.get('queryIsChecked') && c.req.url.includes('?')) nameIgnored(c, Object.keys(c.req.queries()))
    const value = ignoredFieldsValue(c.get('ignoredFields') ?? [])
    if (value === '') return
    c.res.headers.set(ignoredFieldsHeader, value)
    log.debug({ method: c.req.method, path: c.req.path, fields: value }, 'fields_ignored')
  }
