import type { ModelFailureKind } from './classify-model-error.ts'

/** Error codes of runs that end because of a failed model call, by the kind of the failure. */
const codes = {
  'rate-limited': 'ModelRateLimited',
  unavailable: 'ModelUnavailable',
  malformed: 'ModelAnswerMalformed',
  'spend-limit': 'ModelSpendLimit',
  credentials: 'ModelCredentialsRefused',
  'no-such-model': 'ModelNotFound',
  refused: 'ModelRequestRefused',
  unknown: 'ModelFailed',
} as const satisfies Readonly<Record<ModelFailureKind, string>>
export type ModelCallErrorCode = (typeof codes)[ModelFailureKind]

const remedies: Readonly<Record<ModelFailureKind, string>> = {
  'rate-limited': 'Try again later, or configure a fallback of another provider.',
  unavailable: 'Try again later, or configure a fallback of another provider.',
  malformed: 'Try again, or raise the maximum number of tokens of an answer.',
  'spend-limit': "Raise the limit in the provider's console, or configure a fallback of another provider.",
  credentials: "Replace the provider's key.",
  'no-such-model': 'Use a model that the provider has.',
  refused: 'Change the request.',
  unknown: 'Read the log of the server.',
}

/** Failed call of one model, with all its retries. */
export interface ModelAttempt {
  readonly model: string
  readonly kind: ModelFailureKind
  /** Number of requests that were sent to the model, retries included. */
  readonly tries: number
  /** Error message of the model provider; for credentials and spend limits, whose message may contain a part of a key, only the HTTP status. */
  readonly detail: string
}

/** Error: neither the model nor a fallback answered. Its `name` is the code, because outer middleware keeps only the name. */
export class ModelCallError extends Error {
  readonly code: ModelCallErrorCode
  readonly attempts: readonly ModelAttempt[]

  /** @param attempts the failed models in order; the first one determines the code */
  constructor(attempts: readonly ModelAttempt[], cause: unknown) {
    const kind = attempts[0]?.kind ?? 'unknown'
    const told = attempts.map(
      ({ model, kind: how, tries, detail }) =>
        `${model}: ${how}${detail ? ` (${detail})` : ''}${tries > 1 ? ` in ${tries} tries` : ''}`,
    )
    super(`No model answered. ${told.join('; ')}. ${remedies[kind]}`, { cause })
    this.code = codes[kind]
    this.name = this.code
    this.attempts = attempts
  }
}
