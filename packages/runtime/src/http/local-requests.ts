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

/**
 * Middleware for a server without sign-in on a developer's machine: it refuses requests that any web page can make a browser send. A page whose
 * own host name leads to this machine (DNS rebinding) has another `Host`, a page of another site has another `Origin`, and a form has another
 * content type. Only a `GET` without `Origin`, such as that of an image, is answered; the page can't read the answer.
 *
 * @param hosts names by which clients may call the server
 */
export const localRequests =
  (hosts: readonly string[], allows: AllowedOrigin): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host')
    const name = hostName(host)
    if (name === undefined || !hosts.includes(name)) {
      return problemAnswer(
        c,
        403,
        `The host "${host ?? ''}" is not allowed. Call the server as ${hosts[0]}, or start it with --allow-host ${name ?? '<name>'}.`,
      )
    }
    const origin = c.req.header('origin')
    if (origin !== undefined && !allows(origin) && !isOwn(origin, host)) {
      return problemAnswer(
        c,
        403,
        `Web pages of ${origin} may not call this server. If you trust them, start it with --allow-origin ${origin}.`,
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
