/** Something to wait for that may come before the wait begins, once or often. */
export class Wake {
  #pending = false
  #resolve: (() => void) | undefined

  readonly set = (): void => {
    this.#pending = true
    this.#resolve?.()
  }

  /** Resolves when `set` was called since the last wait, at the latest after the given time. */
  async wait(mostMs: number): Promise<void> {
    if (!this.#pending) {
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        this.#resolve = resolve
        timer = setTimeout(resolve, mostMs)
      })
      clearTimeout(timer)
    }
    this.#resolve = undefined
    this.#pending = false
  }
}
