import { isObject } from '@hadal/middleware/unknown-value'
import { findRunCredentials, insertRunCredentials } from '../store/queries/run-credentials.ts'
import type { RunRow } from '../store/queries/run-rows.ts'
import { places } from '../store/sealing/places.ts'
import { SealError } from '../store/sealing/sealer.ts'
import { openedBytes, sealsOf } from '../store/sealing/seals.ts'
import type { Queryable } from '../store/transaction.ts'

/**
 * Credentials of a request, which only the nodes of its run get. They are stored encrypted in a table of their own, never with the run's request, and
 * deleted at the end of the run.
 */
export interface RunCredentials {
  /** Values of the request headers that `http.configurable_headers` chooses, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Fields of the user object beyond those that LangGraph defines, such as tokens. */
  readonly user: Readonly<Record<string, unknown>>
}

export const noCredentials: RunCredentials = { headers: {}, user: {} }

/** Error for a run whose credentials are missing: it must not work without them. */
export class CredentialsMissing extends Error {
  override readonly name = 'CredentialsMissing'
}

/** Minimum length of a part of a credential that is redacted by itself, such as the token after "Bearer". */
const shortestPart = 8

const withoutKey = (runId: string): string =>
  `The credentials of run ${runId} can't be encrypted: ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY_FILE to a file's path, or ENCRYPTION_KEY; "hadal-runtime secrets generate-key" generates a key.`

/** Returns the credentials of a request; undefined if they are empty. */
export function givenCredentials(credentials: RunCredentials): RunCredentials | undefined {
  const isEmpty = Object.keys(credentials.headers).length === 0 && Object.keys(credentials.user).length === 0
  return isEmpty ? undefined : credentials
}

/** Stores the credentials of a run in the transaction that inserts the run. @throws {SealError} without ENCRYPTION_KEY */
export async function keepCredentials(
  database: Queryable,
  run: Pick<RunRow, 'run_id' | 'tenant' | 'owner'>,
  credentials: RunCredentials,
): Promise<void> {
  const { run_id: runId, tenant, owner } = run
  const seals = sealsOf(database)
  if (!seals) throw new SealError('no_key', withoutKey(runId))
  const sealed = seals.sealer.seal(Buffer.from(JSON.stringify(credentials)), places.runCredentials(tenant, runId))
  await insertRunCredentials(database, { runId, tenant, owner, sealed })
}

/**
 * Reads the credentials of a run for an attempt at it.
 *
 * @throws {SealError} if no key of ENCRYPTION_KEY opens them; its message says what to do
 * @throws {CredentialsMissing} if they were deleted
 */
export async function readCredentials(
  database: Queryable,
  { run_id: runId, tenant, has_credentials }: Pick<RunRow, 'run_id' | 'tenant' | 'has_credentials'>,
): Promise<RunCredentials> {
  if (!has_credentials) return noCredentials
  const sealed = await findRunCredentials(database, { tenant, runId })
  if (!sealed) {
    throw new CredentialsMissing(
      `The credentials of run ${runId} are missing in hadal.run_credentials, so its tools can't act for the user. Start a new run.`,
    )
  }
  const parsed: unknown = JSON.parse(
    openedBytes(sealsOf(database), sealed, places.runCredentials(tenant, runId)).toString(),
  )
  return isObject(parsed) ? { ...noCredentials, ...parsed } : noCredentials
}

/** Returns the texts of credentials, which errors and log lines of the run must not contain. */
export function secretsOf({ headers, user }: RunCredentials): string[] {
  const texts = [...Object.values(headers), ...textsIn(user)]
  return texts.flatMap((text) => [text, ...text.split(/[\s,;=]+/).filter((part) => part.length >= shortestPart)])
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return isObject(value) ? Object.values(value).flatMap(textsIn) : []
}
