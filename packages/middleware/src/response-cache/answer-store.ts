/** The stored answer and the lock of a cache key. */
export interface StoredState {
  /** Stored answer of the cache key; missing if none is stored. */
  readonly answer?: string
  /** Whether the lock of the cache key is held: after `begin`, by the caller; after `look`, by any process. */
  readonly locked: boolean
}

/** An answer to store in the cache, and its time to live in seconds. */
export interface KeptAnswer {
  readonly value: string
  readonly ttlSeconds: number
}

/**
 * Store of answers, with a lock per key for the process that calls the model. A hit takes one call of the store, and a miss takes two. An error of a
 * method is a miss. The methods need a timeout, because a model call waits for them.
 */
export interface AnswerStore {
  /** Returns the stored answer of a key or, if there is none, tries to take the lock of the key for `forMs` milliseconds. */
  begin(key: string, token: string, forMs: number): Promise<StoredState>
  /** Returns the stored answer of a key, and whether any process has its lock. */
  look(key: string): Promise<StoredState>
  /** Renews the lock of a key for `forMs` milliseconds from now. @returns false if this token no longer has the lock */
  renew(key: string, token: string, forMs: number): Promise<boolean>
  /** Stores the answer of a key, if one is given, and releases the lock of the key, if this token has it. */
  end(key: string, token: string, answer: KeptAnswer | undefined): Promise<void>
}
