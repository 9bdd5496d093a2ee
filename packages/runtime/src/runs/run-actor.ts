import type { RunRow } from '../store/queries/run-rows.ts'
import type { RunCredentials } from './run-credentials.ts'
import { isRunRequest } from './run-request.ts'
import type { RunUser } from './run-user.ts'

/**
 * Tenant, user and credentials with which an attempt at a run works. They come from what the server has stored with the run, never from what a client
 * sends as configuration.
 */
export interface RunActor {
  readonly tenant: string
  /** Id of the user who started the run; null without sign-in. */
  readonly owner: string | null
  /** The user as graphs see it; undefined without sign-in. */
  readonly user: RunUser | undefined
  /** Whether the run may change files that users share: its user has the role `administer`, or the server has no sign-in. */
  readonly administers: boolean
  readonly credentials: RunCredentials
}

/** Returns the actor of a run. */
export function runActor(run: RunRow, credentials: RunCredentials): RunActor {
  const { user, administers } = isRunRequest(run.request) ? run.request : {}
  return {
    tenant: run.tenant,
    owner: run.owner,
    user,
    administers: user === undefined ? run.owner === null : (administers ?? false),
    credentials,
  }
}
