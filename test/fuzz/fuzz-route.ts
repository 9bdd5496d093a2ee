import fc from 'fast-check'
import type { KnownValues } from './known-values.ts'
import { bytesOf, type GeneratedRequest, requestArbitrary } from './request-arbitrary.ts'
import { routeInputs } from './route-inputs.ts'
import { type RawAnswer, sendRaw } from './send-raw.ts'

export interface RouteFindings {
  /** Number of requests that the fuzzer sent, without those for shrinking a failing one. */
  readonly sent: number
  /** Number of responses to the fuzzer, per HTTP status. */
  readonly statuses: ReadonlyMap<number, number>
  /** Description of the smallest failing request. Undefined if none failed. */
  readonly failure: string | undefined
}

/** Maximum milliseconds for shrinking one failing request. */
const shrinkWithinMs = 20_000

/**
 * Sends generated requests to a route. A request fails if its response is 5xx, if a 4xx response of the server has no `detail`, or if there is
 * no response.
 */
export async function fuzzRoute(
  port: number,
  route: string,
  known: KnownValues,
  { seed, cases }: { readonly seed: number; readonly cases: number },
): Promise<RouteFindings> {
  const statuses = new Map<number, number>()
  const property = fc.asyncProperty(requestArbitrary(route, routeInputs[route] ?? {}, known), async (request) => {
    const { status, head, body } = await answerTo(port, bytesOf(request))
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (status === 0) throw new Error('The server closed the connection without a response.')
    if (status >= 500) throw new Error(`Response with status ${status}: ${body.slice(0, 300)}`)
    if (status >= 400 && request.method !== 'HEAD' && /^content-type: application\/json/im.test(head)) {
      const answer: unknown = JSON.parse(body)
      if (typeof answer !== 'object' || answer === null || !('detail' in answer) || typeof answer.detail !== 'string')
        throw new Error(`Response with status ${status} without a detail: ${body.slice(0, 300)}`)
    }
  })
  const result = await fc.check(property, {
    seed,
    numRuns: cases,
    interruptAfterTimeLimit: shrinkWithinMs + cases * 1_000,
    markInterruptAsFailure: false,
  })
  const request = result.counterexample?.[0]
  return {
    sent: result.numRuns,
    statuses,
    failure:
      result.failed && request
        ? `${shown(request)}\n    ${result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance)}`
        : undefined,
  }
}

/** Maximum number of attempts to send a request whose response was lost. */
const mostTries = 5

/**
 * Sends a request and returns the response. A server that rejects a request before it has read all of it closes the connection, and the reset may
 * reach the client before the response; such a request is sent again. Without a response in any attempt the status is 0.
 */
async function answerTo(port: number, bytes: Buffer): Promise<RawAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await sendRaw(port, bytes)
    if (answer.status !== 0 || tries === mostTries) return answer
  }
}

const shown = ({ method, path, headers, body }: GeneratedRequest): string =>
  [
    `${method} ${path.slice(0, 300)}`,
    ...headers.map((header) => `    ${JSON.stringify(header.slice(0, 200))}`),
    `    body: ${body === undefined ? 'none' : JSON.stringify(body.toString('latin1').slice(0, 300))}`,
  ].join('\n')
