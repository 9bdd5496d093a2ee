/** A signal to a waiting loop. It is not lost if it is set before the wait begins, and several signals count as one. */
export class Wake {
  #pending = false
  #resolve: (() => void) | undefined

  readonly set = (): void => {
    this.#pending = true
    this.#resolve?.()
  }

  /** Resolves when `set` has been called since the last wait, or otherwise after `mostMs` milliseconds; without `mostMs` never otherwise. */
  async wait(mostMs?: number): Promise<void> {
    if (!this.#pending) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#resolve = resolve
      const timer = mostMs === undefined ? undefined : setTimeout(resolve, mostMs)
      await promise
      clearTimeout(timer)
    }
    this.#resolve = undefined
    this.#pending = false
  }
}
