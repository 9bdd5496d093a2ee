import type { MiddlewareHandler } from 'hono'
import { cors as honoCors } from 'hono/cors'
import type { CorsSettings } from './cors-settings.ts'

/** Middleware that answers preflight requests, and lets scripts of allowed origins read responses, errors and streams included. */
export const cors = ({
  allows,
  allowsAll,
  methods,
  headers,
  exposed,
  credentials,
  maxAgeSeconds,
}: CorsSettings): MiddlewareHandler =>
  honoCors({
    origin: allowsAll ? '*' : (origin) => (origin !== '' && allows(origin) ? origin : null),
    allowMethods: [...methods],
    allowHeaders: [...headers],
    exposeHeaders: [...exposed],
    credentials,
    maxAge: maxAgeSeconds,
  })
