/** What a store has of a key. */
export interface StoredState {
  readonly answer?: string
  readonly locked: boolean
}

/** An entry and its life. */
export interface KeptAnswer {
  readonly value: string
  readonly ttlSeconds: number
}

/**
 * Where answers are kept, and who may make one. A request that finds its answer asks once, one that makes it twice. Whatever a method throws
 * makes a miss; one that never answers makes the model call wait, so give it a time limit.
 */
export interface AnswerStore {
  /** The answer; without one, the lock on making it, for so long. @returns whether this token has the lock now */
  begin(key: string, token: string, forMs: number): Promise<StoredState>
  /** The answer, and whether anybody has the lock. */
  look(key: string): Promise<StoredState>
  /** Holds the lock for so long from now on. @returns false when this token has it no more */
  renew(key: string, token: string, forMs: number): Promise<boolean>
  /** Keeps the answer, where there is one to be kept, and gives the lock up, if this token has it. */
  end(key: string, token: string, answer: KeptAnswer | undefined): Promise<void>
}
