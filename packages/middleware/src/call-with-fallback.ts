import type { CircuitBreaker } from './circuit-breaker.ts'
import { classifyModelError, type ModelFailureKind } from './classify-model-error.ts'
import { type ModelAttempt, ModelCallError } from './model-call-error.ts'
import type { ModelIdentity } from './model-identity.ts'
import { shortened } from './shortened.ts'

/** Limits of one model call: number of attempts, delays between them, and the time for all of them. */
export interface RetryBounds {
  /** Maximum number of requests to one model in one model call, retries included. */
  readonly tries?: number
  /** Maximum wait before the second try, in milliseconds. It doubles with each try, and half of it is random, so that callers don't retry at once. */
  readonly firstWaitMs?: number
  /** Maximum wait before a retry, in milliseconds. If a provider requires a longer wait, the next model is called. */
  readonly mostWaitMs?: number
  /** Time in milliseconds after the start of a model call in which retries and fallbacks can start. */
  readonly withinMs?: number
}

/** Callbacks for failures, retries and fallbacks of model calls, for metrics. */
export interface FallbackObserver {
  onFailure?(event: { readonly model: ModelIdentity; readonly kind: ModelFailureKind }): void
  onRetry?(event: { readonly model: ModelIdentity; readonly kind: ModelFailureKind }): void
  onFallback?(event: {
    readonly from: ModelIdentity
    readonly to: ModelIdentity
    readonly kind: ModelFailureKind
  }): void
}

/** Clock and random numbers for the retries of model calls. Tests replace it. */
export interface FallbackClock {
  /** Current time in milliseconds since 1970. */
  now(): number
  /** Waits for a number of milliseconds. @throws if the signal aborts */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>
  /** Returns a random number from 0 up to, but not including, 1, for the waits between retries. */
  random(): number
}

export interface FallbackCall<Candidate extends { readonly identity: ModelIdentity }, Answer> {
  /** The model and its fallbacks, in the order in which they are called. */
  readonly candidates: readonly [Candidate, ...Candidate[]]
  ask(candidate: Candidate): Promise<Answer>
  /** Returns the names of tools that an answer calls with invalid arguments. The answer is valid if the list is empty. */
  faults(answer: Answer): readonly string[]
  circuitOf(provider: string): CircuitBreaker
  readonly signal: AbortSignal | undefined
  readonly bounds: Required<RetryBounds>
  readonly clock: FallbackClock
  readonly observer: FallbackObserver
}

/** Kinds of failed model calls after which a retry of the same model can succeed. */
const worthAnother: ReadonlySet<ModelFailureKind> = new Set(['rate-limited', 'unavailable', 'malformed'])
/** Kinds of failed model calls that count for the provider's circuit breaker, because the whole provider can't serve requests. */
const ofTheProvider: ReadonlySet<ModelFailureKind> = new Set([
  'rate-limited',
  'unavailable',
  'spend-limit',
  'credentials',
])
/** Kinds of failed model calls after which no other model of the provider is called, because it would fail too. */
const ofEveryModel: ReadonlySet<ModelFailureKind> = new Set(['spend-limit', 'credentials'])
/** Maximum number of requests to a model whose answers have invalid tool calls: a model that errs twice is likely to err again. */
const triesOfMalformed = 2

type Ended<Answer> = { readonly answer: Answer } | { readonly attempt: ModelAttempt & { readonly cause: unknown } }

const detailOf = (error: unknown, kind: ModelFailureKind): string => {
  if (!(error instanceof Error)) return ''
  const status = 'status' in error && typeof error.status === 'number' ? `${error.status}` : ''
  // A provider's message about a key may contain a part of the key.
  if (kind === 'credentials' || kind === 'spend-limit') return status
  const [said = ''] = error.message.split('\n\nTroubleshooting URL:')
  return shortened(said, 300)
}

/** Calls one model, with retries after failures that may be temporary. Returns the answer or the failure. */
async function askModel<Candidate extends { readonly identity: ModelIdentity }, Answer>(
  call: FallbackCall<Candidate, Answer>,
  candidate: Candidate,
  mostTries: number,
  deadline: number,
): Promise<Ended<Answer>> {
  const { bounds, circuitOf, clock, observer, signal } = call
  const { identity } = candidate
  const circuit = circuitOf(identity.provider)
  for (let tries = 1; ; tries += 1) {
    let kind: ModelFailureKind
    let retryAfterMs: number | undefined
    let detail: string
    let cause: unknown
    try {
      const answer = await call.ask(candidate)
      circuit.succeeded()
      const faults = call.faults(answer)
      if (faults.length === 0) return { answer }
      kind = 'malformed'
      detail = `the arguments of its call of ${faults.join(', ')} are not a complete JSON object`
    } catch (error) {
      const failure = signal?.aborted ? { kind: 'unknown' as const } : classifyModelError(error, clock.now())
      if (failure.kind === 'unknown') {
        circuit.released()
        throw error
      }
      ;({ kind, retryAfterMs } = failure)
      cause = error
      detail = detailOf(error, kind)
      if (ofTheProvider.has(kind)) circuit.failed()
      else circuit.succeeded()
    }
    observer.onFailure?.({ model: identity, kind })
    const attempt = { model: identity.name, kind, tries, detail, cause }
    if (!worthAnother.has(kind) || tries >= (kind === 'malformed' ? Math.min(triesOfMalformed, mostTries) : mostTries))
      return { attempt }
    const backoff = bounds.firstWaitMs * 2 ** (tries - 1)
    const waitMs = kind === 'malformed' ? 0 : (retryAfterMs ?? backoff / 2 + (clock.random() * backoff) / 2)
    if (waitMs > bounds.mostWaitMs || clock.now() + waitMs > deadline) return { attempt }
    await clock.sleep(waitMs, signal)
    // Other calls may have opened the circuit during the wait.
    if (circuit.state === 'open') return { attempt }
    observer.onRetry?.({ model: identity, kind })
  }
}

/**
 * Calls the models in order until one answers. Models of a provider whose circuit is open are skipped, and called once at the end if no other
 * model answered.
 *
 * @throws ModelCallError if no model answered, or if the first one refused the request. Errors that are not failures of a provider are thrown
 *   unchanged
 */
export async function callWithFallback<Candidate extends { readonly identity: ModelIdentity }, Answer>(
  call: FallbackCall<Candidate, Answer>,
): Promise<Answer> {
  const { bounds, candidates, circuitOf, clock, observer } = call
  const deadline = clock.now() + bounds.withinMs
  const attempts: (ModelAttempt & { identity: ModelIdentity; cause: unknown })[] = []
  const lost = new Set<string>()
  const may = ({ identity }: Candidate): boolean =>
    !lost.has(identity.provider) && (attempts.length === 0 || clock.now() <= deadline)

  const ask = async (candidate: Candidate, mostTries: number): Promise<{ readonly answer: Answer } | undefined> => {
    const { identity } = candidate
    const before = attempts.at(-1)
    if (before) observer.onFallback?.({ from: before.identity, to: identity, kind: before.kind })
    const ended = await askModel(call, candidate, mostTries, deadline)
    if ('answer' in ended) return ended
    attempts.push({ ...ended.attempt, identity })
    if (ofEveryModel.has(ended.attempt.kind)) lost.add(identity.provider)
    // Other models would refuse the request too. A refusal by a fallback may be due to the fallback itself, so the next one is called.
    if (ended.attempt.kind === 'refused' && attempts.length === 1)
      throw new ModelCallError(attempts, ended.attempt.cause)
    return undefined
  }

  const passedOver: Candidate[] = []
  for (const candidate of candidates) {
    if (!may(candidate)) continue
    if (!circuitOf(candidate.identity.provider).admits()) {
      passedOver.push(candidate)
      continue
    }
    const ended = await ask(candidate, bounds.tries)
    if (ended) return ended.answer
  }
  for (const candidate of passedOver) {
    const ended = may(candidate) ? await ask(candidate, 1) : undefined
    if (ended) return ended.answer
  }
  throw new ModelCallError(attempts, attempts[0]?.cause)
}
