import { late, within } from '@hadal/middleware/within'
import { isConnectionTrouble } from '../../store/connection-trouble.ts'
import type { KeyRow } from '../../store/queries/api-keys.ts'
import { VerifierAway } from '../trust.ts'

/** Maximum number of keys of one statement. */
const mostPerStatement = 500
/** Maximum number of keys that wait for a statement. A request with one more key is refused with 503. */
const mostWaiting = 5_000
/** Maximum duration of a statement in milliseconds. A slower database counts as away. */
const answersWithinMs = 2_000

interface Waiting {
  readonly found: Promise<KeyRow | undefined>
  readonly resolve: (row: KeyRow | undefined) => void
  readonly reject: (error: unknown) => void
}

/**
 * Looks up keys in the database, one statement at a time: however many keys strangers try, this process never has more than one statement for them. A
 * lookup never joins a statement that has begun, because that statement may not see a revocation from before the lookup.
 */
export class KeyLookups {
  readonly #find: (ids: readonly string[]) => Promise<readonly KeyRow[]>
  #waiting = new Map<string, Waiting>()
  #running = false

  /** @param find reads the keys with the given ids */
  constructor(find: (ids: readonly string[]) => Promise<readonly KeyRow[]>) {
    this.#find = find
  }

  /**
   * Returns a key; undefined if there is none with this id.
   *
   * @throws {VerifierAway} if the database does not answer
   */
  find(id: string): Promise<KeyRow | undefined> {
    const joined = this.#waiting.get(id)
    if (joined) return joined.found
    if (this.#waiting.size >= mostWaiting) {
      return Promise.reject(new VerifierAway('the server', new Error(`${mostWaiting} keys wait for a statement.`)))
    }
    const { promise: found, resolve, reject } = Promise.withResolvers<KeyRow | undefined>()
    this.#waiting.set(id, { found, resolve, reject })
    if (!this.#running) {
      this.#running = true
      // The keys of one turn of the event loop share a statement.
      setImmediate(() => void this.#run())
    }
    return found
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting].slice(0, mostPerStatement)
      for (const [id] of batch) this.#waiting.delete(id)
      try {
        const rows = await within(this.#find(batch.map(([id]) => id)), answersWithinMs)
        if (rows === late) throw new VerifierAway('the database', undefined)
        const byId = new Map(rows.map((row) => [row.key_id, row]))
        for (const [id, { resolve }] of batch) resolve(byId.get(id))
      } catch (error) {
        const away = isConnectionTrouble(error) ? new VerifierAway('the database', error) : error
        for (const [, { reject }] of batch) reject(away)
      }
    }
    this.#running = false
  }
}
