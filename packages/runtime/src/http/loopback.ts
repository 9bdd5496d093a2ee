import { AsyncLocalStorage } from 'node:async_hooks'
import { type ActiveRun, currentRun } from '../runs/active-run.ts'

/** Key of the global object under which a client of the LangGraph SDK without a URL finds its `fetch`. */
const registered = Symbol.for('langgraph_api:fetch')
/** Maximum number of calls of agents that wait for a response at the same time. The SDK repeats a refused call later. */
const mostCalls = 100

/** Answers requests without a network, as a Hono application does. */
interface Answers {
  request(request: Request): Response | Promise<Response>
}

const callers = new WeakMap<Request, ActiveRun>()

/** Returns the run whose agent made a request; undefined for a request that no agent made, or that was made outside of a run. */
export const callingRun = (request: Request): ActiveRun | undefined => callers.get(request)

export interface Loopback {
  /** Sets the application that answers the calls. Earlier calls wait for it. */
  serve(app: Answers): void
  close(): void
}

type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>

/** The `fetch` of the server that runs now. A module keeps the client that it made, also when another server of this process answers later. */
let answering: Fetch | undefined

const call: Fetch = (url, init) => {
  if (answering) return answering(url, init)
  return Promise.reject(new Error('No server runs in this process. Give the client the URL of a server.'))
}

/**
 * Makes clients of the LangGraph SDK that have no URL call this server within this process: deepagents starts asynchronous subagents this way. A
 * call ends with the run whose agent made it.
 */
export function openLoopback(global: object): Loopback {
  const app = Promise.withResolvers<Answers>()
  let calls = 0
  // A request is not a part of the run that makes it: with the run's context, a run that it starts would continue the caller's graph.
  const outside = AsyncLocalStorage.snapshot()
  const own: Fetch = async (url, init = {}) => {
    if (calls >= mostCalls) {
      const detail = `The agents of this process already wait for ${mostCalls} calls of its own server. Retry later.`
      return Response.json({ detail }, { status: 429, headers: { 'retry-after': '1' } })
    }
    const caller = currentRun.getStore()
    const signals = [caller?.signal, init.signal].filter((signal) => signal instanceof AbortSignal)
    const signal = AbortSignal.any(signals)
    signal.throwIfAborted()
    const request = new Request(new URL(String(url), 'http://localhost'), {
      ...init,
      headers: withDefaults(init.headers, caller?.actor?.credentials.headers),
      signal,
    })
    if (caller) callers.set(request, caller)
    calls += 1
    const answer = outside(async () => (await app.promise).request(request)).finally(() => {
      calls -= 1
    })
    return endingWith(signal, answer)
  }
  answering = own
  Reflect.set(global, registered, call)
  return {
    serve: (answers) => app.resolve(answers),
    close: () => {
      if (answering !== own) return
      answering = undefined
      Reflect.deleteProperty(global, registered)
    },
  }
}

/** Returns the headers of a call with those that its run has from its own request, unless the call sets them. */
function withDefaults(sent: RequestInit['headers'], ofRun: Readonly<Record<string, string>> = {}): Headers {
  const headers = new Headers(sent)
  for (const [name, value] of Object.entries(ofRun)) if (!headers.has(name)) headers.set(name, value)
  return headers
}

/** Returns a response that is cut when a signal is aborted, as by a client that disconnects. */
async function endingWith(signal: AbortSignal, answer: Promise<Response>): Promise<Response> {
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => {
    aborted.reject(signal.reason)
    answer.then(({ body }) => body?.cancel()).catch(() => {})
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const response = await Promise.race([answer, aborted.promise])
    const body = response.body?.pipeThrough(new TransformStream(), { signal }) ?? null
    return new Response(body, response)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
