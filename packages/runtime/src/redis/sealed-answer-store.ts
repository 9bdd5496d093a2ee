import type { AnswerStore, StoredState } from '@hadal/middleware/response-cache/answer-store'
import { openedText, sealedText } from '../store/sealing/sealed-json.ts'
import type { SealedPlace, Seals } from '../store/sealing/seals.ts'

/** Returns a store that encrypts its answers. An answer that can't be decrypted is returned as it is stored: the cache then replaces it as corrupt. */
export function sealedAnswerStore(store: AnswerStore, seals: Seals): AnswerStore {
  const placeOf = (key: string): SealedPlace => ['redis.answer', key]
  const opened = (key: string, state: StoredState): StoredState => {
    if (state.answer === undefined) return state
    try {
      return { ...state, answer: openedText(seals, state.answer, placeOf(key)) }
    } catch {
      return state
    }
  }
  return {
    begin: async (key, token, forMs) => opened(key, await store.begin(key, token, forMs)),
    look: async (key) => opened(key, await store.look(key)),
    renew: (key, token, forMs) => store.renew(key, token, forMs),
    end: (key, token, answer) =>
      store.end(key, token, answer && { ...answer, value: sealedText(seals, answer.value, placeOf(key)) }),
  }
}
