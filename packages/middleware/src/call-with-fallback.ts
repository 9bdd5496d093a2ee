import type { CircuitBreaker } from './circuit-breaker.ts'
import { classifyModelError, type ModelFailureKind } from './classify-model-error.ts'
import { type ModelAttempt, ModelCallError } from './model-call-error.ts'
import type { ModelIdentity } from './model-identity.ts'

/** Bounds of one call of a model, with all its tries. */
export interface RetryBounds {
  /** How often one model is asked at most. */
  readonly tries?: number
  /** Wait before the second try, in milliseconds; doubled each time. Half of it is chance, so that many callers don't come back at once. */
  readonly firstWaitMs?: number
  /** A provider that asks for a longer wait than this, in milliseconds, is left for the next. */
  readonly mostWaitMs?: number
  /** No try begins later than this after the first, in milliseconds. */
  readonly withinMs?: number
}

/** Hears of what was done about failures, for metrics. */
export interface FallbackObserver {
  onFailure?(event: { readonly model: ModelIdentity; readonly kind: ModelFailureKind }): void
  onRetry?(event: { readonly model: ModelIdentity; readonly kind: ModelFailureKind }): void
  onFallback?(event: {
    readonly from: ModelIdentity
    readonly to: ModelIdentity
    readonly kind: ModelFailureKind
  }): void
}

/** What differs in a test. */
export interface FallbackClock {
  /** Milliseconds since 1970. */
  now(): number
  /** @throws when the signal aborts */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>
  /** From 0 up to 1. */
  random(): number
}

export interface FallbackCall<Candidate extends { readonly identity: ModelIdentity }, Answer> {
  /** The first is asked first. */
  readonly candidates: readonly [Candidate, ...Candidate[]]
  ask(candidate: Candidate): Promise<Answer>
  /** What is wrong with an answer that came; nothing: it is good. */
  faults(answer: Answer): readonly string[]
  circuitOf(provider: string): CircuitBreaker
  readonly signal: AbortSignal | undefined
  readonly bounds: Required<RetryBounds>
  readonly clock: FallbackClock
  readonly observer: FallbackObserver
}

/** Failures after which the same model may well answer. */
const worthAnother: ReadonlySet<ModelFailureKind> = new Set(['rate-limited', 'unavailable', 'malformed'])
/** Failures that say that the provider as a whole can't serve us now. */
const ofTheProvider: ReadonlySet<ModelFailureKind> = new Set([
  'rate-limited',
  'unavailable',
  'spend-limit',
  'credentials',
])
/** Failures that every model of the same provider would have. */
const ofEveryModel: ReadonlySet<ModelFailureKind> = new Set(['spend-limit', 'credentials'])
/** An answer is asked for again once: a model that errs twice is likely to err again. */
const triesOfMalformed = 2

type Ended<Answer> = { readonly answer: Answer } | { readonly attempt: ModelAttempt & { readonly cause: unknown } }

const detailOf = (error: unknown, kind: ModelFailureKind): string => {
  if (!(error instanceof Error)) return ''
  const status = 'status' in error && typeof error.status === 'number' ? `${error.status}` : ''
  // What a provider says of a key may quote a piece of it.
  if (kind === 'credentials' || kind === 'spend-limit') return status
  const [said = ''] = error.message.split('\n\nTroubleshooting URL:')
  return said.length > 300 ? `${said.slice(0, 300)}…` : said
}

/** Asks one model, and asks again where that may help. */
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
      detail = `the arguments of its call of ${faults.join(', ')} are no whole JSON object`
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
    // Others may have found out meanwhile that the provider is away.
    if (circuit.state === 'open') return { attempt }
    observer.onRetry?.({ model: identity, kind })
  }
}

/**
 * Asks the models in order until one answers. A provider whose circuit is open is passed over, and asked once at the end when nobody else
 * answered: a circuit redirects calls, it forbids none.
 *
 * @throws ModelCallError when none answered, or when any provider would refuse the request; whatever is no failure of a provider is thrown
 *   as it came
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
    // What the first refuses, another would refuse too. What a fallback refuses may be its own peculiarity.
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
