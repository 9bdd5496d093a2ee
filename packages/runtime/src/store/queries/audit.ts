import type { Queryable } from '../transaction.ts'

/**
 * What a person did, as the audit names it. Triggers of the database write the entries of approvals, API keys, sign-ins of administrators and restores:
 * see migration 27.
 */
export type AuditedAction = 'threads.assigned' | 'subject.exported' | 'subject.deleted' | 'review.released'

/** An entry of the audit of a command of `hadal-runtime`. */
export interface AuditEntry {
  readonly action: AuditedAction
  readonly tenant: string
  /** Id of the user whom the entry is about. The audit gets the user's pseudonym. */
  readonly user?: string | undefined
  /** Id of the object, such as a thread. */
  readonly object?: string | undefined
  /** Numbers and ids. It must not name a user. */
  readonly details?: Readonly<Record<string, number | string>>
}

/** Writes the sign-in of an administrator into the audit, unless it has one of the last hour. */
export async function insertSignIn(database: Queryable, tenant: string, user: string): Promise<void> {
  await database.query('SELECT hadal.audit_sign_in_v1($1, $2)', [tenant, user])
}

/** Writes an entry of the audit, in the caller's transaction. */
export async function insertAudit(database: Queryable, entry: AuditEntry): Promise<void> {
  const { action, tenant, user, object, details = {} } = entry
  await database.query(
    `INSERT INTO hadal.audit (tenant, owner, actor, action, object, details)
     VALUES ($1, hadal.pseudonym_v1($1, $2), 'operator', $3, $4, $5)`,
    [tenant, user ?? null, action, object ?? null, JSON.stringify(details)],
  )
}
