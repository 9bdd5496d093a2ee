import type { Context, MiddlewareHandler } from 'hono'
import type { AllowedOrigin } from './allowed-origins.ts'
import { problemAnswer } from './problem-answer.ts'

/** Name in a Host header, without the port; undefined if the header is missing or invalid. */
function hostName(header: string | undefined): string | undefined {
  const url = `http://${header}`
  return header && URL.canParse(url) && new URL(url).host === header.toLowerCase().replace(/:80$/, '')
    ? new URL(url).hostname
    : undefined
}

/** Whether a request has a body. */
const hasBody = ({ req }: Context): boolean =>
  req.header('transfer-encoding') !== undefined || Number(req.header('content-length') ?? 0) > 0

const isJson = ({ req }: Context): boolean => /^application\/json\s*(;|$)/i.test(req.header('content-type') ?? '')

/** Whether the page with this origin was loaded from the server itself. */
const isOwn = (origin: string, host: string | undefined): boolean =>
  origin === `http://${host}` || origin === `https://${host}`

/** Page that a link of another site may open. */
const linkedPage = '/docs'

/**
 * Whether a browser sent the request for a page of another site. Browsers send this header with every request, also with those without `Origin`, such
 * as the ones for an image, a frame or a link.
 */
const isFromOtherSite = ({ req }: Context): boolean =>
  ['cross-site', 'same-site'].includes(req.header('sec-fetch-site') ?? '')

const isLink = ({ req }: Context): boolean =>
  req.method === 'GET' && req.header('sec-fetch-mode') === 'navigate' && req.header('sec-fetch-dest') === 'document'

/**
 * Middleware for a server on a developer's machine that lets callers in without a check: it refuses requests that any web page can make a browser send. A page whose
 * own host name leads to this machine (DNS rebinding) has another `Host`, a page of another site has another `Origin` or `Sec-Fetch-Site`, and a form
 * has another content type.
 *
 * @param hosts names by which clients may call the server
 */
export const localRequests =
  (hosts: readonly string[], allows: AllowedOrigin): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host')
    const name = hostName(host)
    const origin = c.req.header('origin')
    const isForeign = origin !== undefined && !allows(origin) && !isOwn(origin, host)
    if (name === undefined || !hosts.includes(name)) {
      const forPage = isForeign ? ` --allow-origin ${origin}` : ''
      return problemAnswer(
        c,
        403,
        `The host "${host ?? ''}" is not allowed, because this server has no sign-in. Call it as ${hosts[0]}, or start it with: hadal up --allow-host ${name ?? 'NAME'}${forPage}`,
      )
    }
    if (isForeign) {
      return problemAnswer(
        c,
        403,
        `Web pages of ${origin} may not call this server, because it has no sign-in. If you trust them, start it with: hadal up --allow-origin ${origin}`,
      )
    }
    if (origin === undefined && isFromOtherSite(c) && !(isLink(c) && c.req.path === linkedPage)) {
      return problemAnswer(
        c,
        403,
        `A web page of another site may not open ${c.req.path} of this server, because it has no sign-in. Open the address yourself, or let the page use fetch and start the server with: hadal up --allow-origin URL`,
      )
    }
    if (hasBody(c) && !isJson(c)) {
      return problemAnswer(
        c,
        415,
        `The body has the content type "${c.req.header('content-type') ?? ''}". Send JSON with the header "content-type: application/json".`,
      )
    }
    await next()
  }
