import { GraphUnavailable } from './graph-unavailable.ts'
import { importExport } from './import-export.ts'

/** Routes of a Hono application, of the server's version or another one. */
export interface ProjectApp {
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  fetch(request: Request, ...rest: unknown[]): Response | Promise<Response>
}

const isApp = (value: unknown): value is ProjectApp =>
  typeof value === 'object' &&
  value !== null &&
  'fetch' in value &&
  typeof value.fetch === 'function' &&
  'routes' in value &&
  Array.isArray(value.routes)

/**
 * Loads the project's own routes: the field `http.app` of a langgraph.json.
 *
 * @throws an error with a sentence if there is no Hono application. The server must not start without it, since it may check who uses the server
 */
export async function loadProjectApp(file: string, app: string): Promise<ProjectApp> {
  const colon = app.lastIndexOf(':')
  const at = `${file}: "http.app"`
  const { value } = await importExport(at, file, { modulePath: app.slice(0, colon), exportName: app.slice(colon + 1) })
  if (isApp(value)) return value
  throw new GraphUnavailable(`${at} names ${app}, which is not a Hono application. Export the result of new Hono().`)
}
