import { isRecord } from '@hadal/middleware/unknown-value'
import { nearestName } from '@hadal/platform/nearest-name'
import { type HttpCors, parseHttpCors } from './http-cors.ts'
import { isSet, nearlyProtects } from './langgraph-keys.ts'

/** Groups of routes that a langgraph.json can remove with `http.disable_<group>: true`. */
export const routeGroups = ['assistants', 'threads', 'runs', 'store', 'meta', 'ui', 'mcp', 'a2a', 'webhooks'] as const
export type RouteGroup = (typeof routeGroups)[number]

/** Names of request headers, with `*` as a wildcard. */
export interface HeaderNames {
  readonly includes: readonly string[]
  readonly excludes: readonly string[]
}

/** Field `http` of a langgraph.json. */
export interface ProjectHttp {
  /** Module and export of the project's own routes, such as `./app.ts:app`. */
  readonly app?: string
  /** Path before the path of each route, such as `/agents`; empty by default. */
  readonly mountPrefix: string
  readonly disabled: ReadonlySet<RouteGroup>
  /** Whether the file requires a sign-in for the routes of `app`. A server with a sign-in requires it anyway. */
  readonly protectsApp: boolean
  /** Which web pages may call the API. */
  readonly cors?: HttpCors
  /** Request headers that a run's `config.configurable` contains. */
  readonly configurableHeaders: HeaderNames
  /** Request headers that the log contains. */
  readonly loggingHeaders: HeaderNames
}

interface ParsedHttp {
  readonly http: ProjectHttp
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

/** Fields, true or false, whose effect narrows what the server serves. A misspelt one would leave it open. */
const protecting = ['enable_custom_route_auth', ...routeGroups.map((group) => `disable_${group}`)]
const noHeaders: HeaderNames = { includes: [], excludes: [] }
/** Settings without a field `http`. */
export const noProjectHttp: ProjectHttp = {
  mountPrefix: '',
  disabled: new Set(),
  protectsApp: false,
  configurableHeaders: noHeaders,
  loggingHeaders: noHeaders,
}

/**
 * Validates the field `http` of a langgraph.json.
 *
 * @param file name of the file in the messages
 */
export function parseHttp(file: string, http: unknown): ParsedHttp {
  if (!isSet(http)) return { http: noProjectHttp, problems: [], notices: [] }
  if (!isRecord(http)) {
    return {
      http: noProjectHttp,
      problems: [`${file}: "http" is ${JSON.stringify(http)}. Use an object.`],
      notices: [],
    }
  }
  const problems: string[] = []
  const notices: string[] = []
  const at = (field: string): string => `${file}: "http.${field}"`
  const wrong = (field: string, wanted: string): void => {
    problems.push(`${at(field)} is ${JSON.stringify(http[field])}. Use ${wanted}.`)
  }
  const headers = (field: string): HeaderNames => {
    const value = http[field]
    if (!isSet(value)) return noHeaders
    const { includes, excludes } = isRecord(value) ? value : {}
    if (isRecord(value) && isNames(includes) && isNames(excludes)) {
      return { includes: includes ?? [], excludes: excludes ?? [] }
    }
    wrong(field, '{ "includes": ["x-…"], "excludes": [] }')
    return noHeaders
  }
  for (const [field, value] of Object.entries(http)) {
    if (protecting.includes(field)) {
      if (typeof value !== 'boolean' && isSet(value)) wrong(field, 'true or false')
    } else if (field === 'middleware_order') {
      if (isSet(value) && value !== 'auth_first')
        notices.push(`${at(field)} has no effect: the sign-in always comes before the routes of http.app.`)
    } else if (!['app', 'cors', 'mount_prefix', 'configurable_headers', 'logging_headers'].includes(field)) {
      const near = nearestName(field, protecting)
      if (near) problems.push(nearlyProtects(file, `http.${field}`, `http.${near}`))
      else notices.push(`${file} has the unknown field "http.${field}". It has no effect.`)
    }
  }
  const { app, mount_prefix: prefix } = http
  const isApp = typeof app === 'string' && /^.+:[^/\\]+$/.test(app)
  if (isSet(app) && !isApp) wrong('app', 'the path of a module and the name of its export, such as "./app.ts:app"')
  const isPrefix = typeof prefix === 'string' && /^(\/[\w.~-]+)*\/?$/.test(prefix)
  if (isSet(prefix) && !isPrefix) wrong('mount_prefix', 'a path such as "/agents"')
  const { cors, problems: ofCors } = parseHttpCors(file, http.cors)
  problems.push(...ofCors)
  return {
    http: {
      ...(cors ? { cors } : {}),
      ...(isApp ? { app } : {}),
      mountPrefix: isPrefix ? prefix.replace(/\/$/, '') : '',
      disabled: new Set(routeGroups.filter((group) => http[`disable_${group}`] === true)),
      protectsApp: http.enable_custom_route_auth === true,
      configurableHeaders: headers('configurable_headers'),
      loggingHeaders: headers('logging_headers'),
    },
    problems,
    notices,
  }
}

const isNames = (value: unknown): value is readonly string[] | undefined =>
  value === undefined || (Array.isArray(value) && value.every((name) => typeof name === 'string'))
