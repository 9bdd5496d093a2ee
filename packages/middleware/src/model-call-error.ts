import type { ModelFailureKind } from './classify-model-error.ts'

/** What stands in a run's error, by what went wrong first. */
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
  'rate-limited': 'Run it again later, or name a fallback of another provider.',
  unavailable: 'Run it again later, or name a fallback of another provider.',
  malformed: 'Run it again, or raise the limit of tokens that an answer may have.',
  'spend-limit': "Raise the limit in the provider's console, or name a fallback of another provider.",
  credentials: "Replace the provider's key.",
  'no-such-model': 'Name a model that the provider has.',
  refused: 'Change what is sent.',
  unknown: 'Look at the log.',
}

/** How one model of the chain ended. */
export interface ModelAttempt {
  readonly model: string
  readonly kind: ModelFailureKind
  /** How often it was asked. */
  readonly tries: number
  /** The status and, where it is about the request, what the provider said. */
  readonly detail: string
}

/** No model of the chain answered. Its `name` is the code, since that is what survives the middleware around it. */
export class ModelCallError extends Error {
  readonly code: ModelCallErrorCode
  readonly attempts: readonly ModelAttempt[]

  /** @param attempts in order; the first decides the code */
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
