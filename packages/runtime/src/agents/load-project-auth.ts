import { isRecord } from '@hadal/middleware/unknown-value'
import { GraphUnavailable } from './graph-unavailable.ts'
import { importExport } from './import-export.ts'

/** Argument of a handler for an event. The handler may change `value`. */
export interface AuthorEvent {
  readonly event: string
  readonly resource: string
  readonly action: string
  readonly value: unknown
  readonly user: unknown
  readonly permissions: readonly string[]
}

/** The handlers of the author's `Auth` of `@langchain/langgraph-sdk/auth`, of any version. */
export interface AuthorHandlers {
  readonly authenticate: (request: Request) => unknown
  /** Handlers by their event, such as `threads:create`, `threads`, `*:create` or `*`. */
  readonly callbacks: Readonly<Record<string, (event: AuthorEvent) => unknown>>
}

/** Field of an `Auth` that holds its handlers, as LangGraph's own servers read it. */
const handlerField = '~handlerCache'

const isFunction = (value: unknown): value is (argument: unknown) => unknown => typeof value === 'function'

/**
 * Loads the author's sign-in: the field `auth.path` of a langgraph.json.
 *
 * @throws an error with a sentence if the module has no valid Auth. The server must not start without it
 */
export async function loadProjectAuth(file: string, path: string): Promise<AuthorHandlers> {
  // A path without the name of an export means the default export, as on other servers of this API.
  const colon = /:[^/\\:]*$/.exec(path)?.index ?? path.length
  const at = `${file}: "auth.path"`
  const entry = { modulePath: path.slice(0, colon), exportName: path.slice(colon + 1) || 'default' }
  const { value } = await importExport(at, file, entry)
  const handlers = isRecord(value) || isFunction(value) ? Reflect.get(value, handlerField) : undefined
  if (!isRecord(handlers)) {
    throw new GraphUnavailable(
      `${at} names ${path}, which is not an Auth. Export new Auth() of "@langchain/langgraph-sdk/auth".`,
    )
  }
  const { authenticate, callbacks = {} } = handlers
  if (!isFunction(authenticate)) {
    throw new GraphUnavailable(
      `${at} names ${path}, whose Auth does not say who the user is. Add auth.authenticate(async (request) => …).`,
    )
  }
  if (!isRecord(callbacks) || !Object.values(callbacks).every(isFunction)) {
    throw new GraphUnavailable(`${at} names ${path}, whose Auth has a handler that is not a function. Correct it.`)
  }
  return { authenticate, callbacks: callbacks as AuthorHandlers['callbacks'] }
}
