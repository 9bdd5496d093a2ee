/** Thrown if the response of a model provider is missing or incomplete. `classifyModelError` recognizes its name as a failure of the provider. */
export class ModelStreamError extends Error {
  override readonly name = 'ModelStreamError'

  /** @param what what happened, as a part of a sentence */
  constructor(what: string) {
    super(`The model's provider failed: ${what}.`)
  }
}
