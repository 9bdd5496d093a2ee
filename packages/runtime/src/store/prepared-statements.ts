import { createHash } from 'node:crypto'
import type pg from 'pg'
import { SchemaChanged } from './schema-changed.ts'

/** Number of times that a statement is executed before it is prepared. Searches with their own SQL rarely repeat, so they are not prepared. */
const usesBefore = 2
/** Maximum number of prepared statements on one connection. The limit of PgBouncer, which `charts` renders, must be higher. */
const mostPrepared = 100
/** Maximum number of statements whose executions are counted. */
const mostCounted = 1_000

/** A named statement for `pg`, which prepares it once on each connection. */
interface NamedStatement {
  readonly name: string
  readonly text: string
  readonly generation: number
}

type Execute = (statement: pg.QueryConfig) => Promise<pg.QueryResult>

/** Field of an error that PostgreSQL sent. */
const fieldOf = (error: unknown, field: 'code' | 'routine'): unknown =>
  error instanceof Error ? Reflect.get(error, field) : undefined

/**
 * Whether an error means that a migration changed a table of the prepared statement: "cached plan must not change result type", or "attribute has
 * wrong type" for a row that a function returned.
 */
const isOutdated = (error: unknown): boolean =>
  (fieldOf(error, 'code') === '0A000' && fieldOf(error, 'routine') === 'RevalidateCachedQuery') ||
  fieldOf(error, 'routine') === 'ExecEvalFieldSelect'

/** Whether an error means that the connection's session has lost its prepared statements (26000), or has those of another client (42P05). */
const isForeignSession = (error: unknown): boolean => ['26000', '42P05'].includes(String(fieldOf(error, 'code')))

/**
 * The prepared statements of a connection pool. A statement that was executed twice gets a name, so that PostgreSQL parses and plans it once on each
 * connection. Without a name, PostgreSQL plans it at each execution. Preparation is off until `enable` is called.
 */
export class PreparedStatements {
  readonly #uses = new Map<string, number>()
  readonly #named = new Map<string, NamedStatement>()
  readonly #onUnsupported: () => void
  #enabled = false
  #generation = 0

  /** @param onUnsupported called when preparation is turned off, because a connection pooler does not support it */
  constructor(onUnsupported: () => void = () => {}) {
    this.#onUnsupported = onUnsupported
  }

  enable(): void {
    this.#enabled = true
  }

  /**
   * Executes a statement, as a prepared one if it is used often. If PostgreSQL rejects the prepared statement, it is executed once more: under a new
   * name after a migration, without a name behind a pooler that does not support prepared statements. The rejected statement has changed nothing.
   *
   * @throws SchemaChanged inside a transaction, which can't be continued
   */
  async execute(execute: Execute, text: string, values: unknown[]): Promise<pg.QueryResult> {
    const named = this.#find(text)
    if (!named) return execute({ text, values })
    try {
      return await execute({ name: named.name, text: named.text, values })
    } catch (error) {
      if (!this.#learns(error, named)) throw error
      const renewed = this.#find(text) ?? { text }
      return execute({ ...renewed, values }).catch((again: unknown) => {
        throw fieldOf(again, 'code') === '25P02' ? new SchemaChanged(error) : again
      })
    }
  }

  #find(text: string): NamedStatement | undefined {
    if (!this.#enabled) return undefined
    const known = this.#named.get(text)
    if (known) return known
    const uses = this.#uses.get(text) ?? 0
    if (uses < usesBefore) {
      if (this.#uses.size >= mostCounted) this.#uses.clear()
      this.#uses.set(text, uses + 1)
      return undefined
    }
    if (this.#named.size >= mostPrepared) return undefined
    const named = nameStatement(text, this.#generation)
    this.#named.set(text, named)
    return named
  }

  /** Whether the error is about preparation, not about the statement, which can then be executed again. */
  #learns(error: unknown, { generation }: NamedStatement): boolean {
    if (isOutdated(error)) {
      // Many statements fail at the same time. The first one renews all.
      if (generation === this.#generation) this.#renew()
      return true
    }
    if (!isForeignSession(error)) return false
    if (this.#enabled) this.#onUnsupported()
    this.#enabled = false
    return true
  }

  /** Gives every prepared statement a new name and text. PgBouncer identifies a statement by its text, so a new name is not enough. */
  #renew(): void {
    this.#generation += 1
    for (const text of this.#named.keys()) this.#named.set(text, nameStatement(text, this.#generation))
  }
}

/** The name is a hash of the text, so that two processes never use one name for two statements. */
function nameStatement(text: string, generation: number): NamedStatement {
  const written = generation === 0 ? text : `${text} /* schema ${generation} */`
  return { name: `hadal_${createHash('sha256').update(written).digest('hex').slice(0, 32)}`, text: written, generation }
}
