import type { AnswerStore } from './answer-store.ts'

interface Kept {
  readonly value: string
  readonly until: number
}

/**
 * Creates an answer store in the memory of this process, for tests and for a single process.
 *
 * @param mostEntries maximum number of entries; the oldest are removed
 */
export function createMemoryAnswerStore(mostEntries = 1_000): AnswerStore {
  const answers = new Map<string, Kept>()
  const locks = new Map<string, Kept>()
  const living = (map: Map<string, Kept>, key: string): string | undefined => {
    const kept = map.get(key)
    if (kept && kept.until > Date.now()) return kept.value
    map.delete(key)
    return undefined
  }
  const lockFor = (key: string, token: string, forMs: number): void => {
    locks.set(key, { value: token, until: Date.now() + forMs })
  }
  return {
    async begin(key, token, forMs) {
      const answer = living(answers, key)
      if (answer !== undefined || living(locks, key) !== undefined) return { answer, locked: false }
      lockFor(key, token, forMs)
      return { locked: true }
    },
    look: async (key) => ({ answer: living(answers, key), locked: living(locks, key) !== undefined }),
    async renew(key, token, forMs) {
      if (living(locks, key) !== token) return false
      lockFor(key, token, forMs)
      return true
    },
    async end(key, token, answer) {
      if (answer) {
        answers.delete(key)
        answers.set(key, { value: answer.value, until: Date.now() + answer.ttlSeconds * 1_000 })
        const [oldest] = answers.keys()
        if (answers.size > mostEntries && oldest !== undefined) answers.delete(oldest)
      }
      if (living(locks, key) === token) locks.delete(key)
    },
  }
}
