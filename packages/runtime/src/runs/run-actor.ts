import type { RunRow } from '../store/queries/run-rows.ts'
import type { Scope } from '../store/scope.ts'
import type { RunCredentials } from './run-credentials.ts'
import { isRunRequest } from './run-request.ts'
import type { RunUser } from './run-user.ts'

/** For whom an attempt at a run works, by the run's row and its credentials, never by what a client sends. */
export interface RunActor {
  readonly tenant: string
  /** Id of the user who started the run; null without sign-in. */
  readonly owner: string | null
  /** The user as graphs see it; undefined without sign-in. */
  readonly user: RunUser | undefined
  /** Whether the run may change what users share: its user administers the tenant, or the server has no sign-in. */
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

/** Scope of the items that belong to the user of a run; without sign-in those of the tenant. */
export const ownScope = ({ tenant, owner }: Pick<RunActor, 'tenant' | 'owner'>): Scope => ({
  tenant,
  owner,
  sees: owner === null ? 'all' : 'own',
})
