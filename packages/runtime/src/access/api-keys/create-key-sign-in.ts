import { timingSafeEqual } from 'node:crypto'
import type { Access } from '@hadal/platform/access'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Notifications } from '../../store/notifications.ts'
import { findKeys, type KeyRow, recordKeyUse } from '../../store/queries/api-keys.ts'
import type { Authenticate } from '../authenticate.ts'
import { type Caller, scopeOf } from '../caller.ts'
import { isAccepted, SignInRefused } from '../sign-in-refused.ts'
import { Trust } from '../trust.ts'
import { KeyLookups } from './key-lookups.ts'
import type { SentKey } from './key-text.ts'
import { recheckMs } from './recheck-ms.ts'
import { RefusedKeys } from './refused-keys.ts'
import { sentKey } from './sent-key.ts'

/** Time in milliseconds for which open requests of a key continue while the database is away, if `trustSeconds` is shorter. */
const openAtLeastMs = 8_000

/** A key of the database that matches the sent one. */
interface Verified {
  readonly caller: Caller
  readonly keyId: string
  /** Monotonic time in milliseconds when the key expires. */
  readonly expiresAt: number
  /** Number of notifications about keys that this process had received when the verification began. */
  readonly changes: number
}

export interface KeySignInServices {
  readonly pool: pg.Pool
  readonly notifications: Notifications
  readonly log: Logger
}

/**
 * Creates the sign-in by API keys. A verified key costs no statement per request: it is accepted for {@link recheckMs} after its verification, unless a
 * notification about keys arrives. While the process does not listen for notifications, each request verifies its key.
 */
export function createKeySignIn(
  { share, trustSeconds }: Pick<Extract<Access, { kind: 'api-keys' }>, 'share' | 'trustSeconds'>,
  { pool, notifications, log }: KeySignInServices,
): Authenticate {
  const find = (ids: readonly string[]): Promise<readonly KeyRow[]> => findKeys(pool, ids)
  // Keys that strangers try don't delay those that were verified before.
  const knownKeys = new KeyLookups(find)
  const otherKeys = new KeyLookups(find)
  const refused = new RefusedKeys()
  const trust = new Trust<Verified>(trustSeconds)
  let changes = 0
  notifications.onKeys(() => {
    changes += 1
  })

  const check = async (sent: SentKey, id: string, known: boolean): Promise<Verified> => {
    const seen = changes
    const begun = performance.now()
    const row = await (known ? knownKeys : otherKeys).find(sent.id)
    const key = matching(row, sent)
    if (key.use_is_old) {
      recordKeyUse(pool, key.tenant, key.key_id).catch((error: unknown) =>
        log.warn({ err: error, key_id: key.key_id }, 'key_use_not_recorded'),
      )
    }
    const stillValid = (): Promise<boolean> => isAccepted(verified(sent, id, openAtLeastMs))
    return {
      caller: callerOf(key, share, stillValid),
      keyId: key.key_id,
      expiresAt: begun + key.lives_ms,
      changes: seen,
    }
  }

  /** @param atLeastMs see {@link Trust.verify} */
  const verified = async (sent: SentKey, id: string, atLeastMs = 0): Promise<Caller> => {
    const last = trust.last(id)
    if (last && notifications.listening && last.value.changes === changes) {
      const now = performance.now()
      if (now - last.verifiedAt < recheckMs && now < last.value.expiresAt) return last.value.caller
    }
    refused.check(id)
    try {
      const { caller, keyId, expiresAt } = await trust.verify(id, () => check(sent, id, last !== undefined), atLeastMs)
      if (performance.now() >= expiresAt) throw expired(keyId)
      return caller
    } catch (error) {
      refused.add(id, error)
      throw error
    }
  }

  return async (request) => {
    const sent = sentKey(request)
    return verified(sent, sent.hash.toString('base64url'))
  }
}

const expired = (id: string): SignInRefused =>
  new SignInRefused(
    'expired',
    `The API key ${id} has expired. Ask an administrator for a new key ("hadal-runtime keys create").`,
    id,
  )

/** @throws {SignInRefused} if the sent key is not this one, or is no longer valid */
function matching(row: KeyRow | undefined, { id, hash }: SentKey): KeyRow {
  // Only the holder of the right secret learns that a key exists.
  if (!row || !timingSafeEqual(row.hash, hash)) {
    throw new SignInRefused(
      'unknown',
      `The API key ${id} is not a key of this server. Check that it was made for this environment: "hadal-runtime keys list" shows its keys.`,
      id,
    )
  }
  if (row.revoked_at) {
    throw new SignInRefused('revoked', `The API key ${id} is revoked. Ask an administrator for another one.`, id)
  }
  if (row.lives_ms <= 0) throw expired(id)
  if (row.unconfirmed_since) {
    throw new SignInRefused(
      'unconfirmed',
      `The API key ${id} is not confirmed since the database was restored from a backup, because it may have been revoked after the backup. Ask an operator to confirm it ("hadal-runtime keys confirm").`,
      id,
    )
  }
  return row
}

function callerOf(
  { tenant, owner, name, roles: given }: KeyRow,
  share: 'none' | 'tenant',
  stillValid: () => Promise<boolean>,
): Caller {
  const roles = new Set(given)
  return {
    tenant,
    user: owner,
    roles,
    scope: scopeOf(tenant, owner, roles, share),
    identity: { identity: owner, display_name: name || owner, is_authenticated: true, permissions: [...roles] },
    stillValid,
  }
}
