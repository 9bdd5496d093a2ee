import type { OfThread } from '../../store/queries/held-runs.ts'
import { newestStartedRun } from '../../store/queries/run-rows.ts'
import type { Queryable } from '../../store/transaction.ts'
import { isRunRequest } from '../run-request.ts'
import type { NewRun } from '../submit-run.ts'

/**
 * Returns a run that answers the question of another user's thread as it is executed: for the user who was asked, as the thread's last run, and without
 * the credentials of the person who answers.
 */
export async function forAskedUser(database: Queryable, thread: OfThread, run: NewRun): Promise<NewRun> {
  const last = await newestStartedRun(database, thread)
  const { user, administers = false } = isRunRequest(last?.request) ? last.request : {}
  const { credentials: _credentials, ...answer } = run
  const { user: _user, administers: _administers, ...request } = run.request
  return { ...answer, request: { ...request, ...(user ? { user, administers } : {}) } }
}
