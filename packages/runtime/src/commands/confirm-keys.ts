import type pg from 'pg'
import { confirmKeys, type KeyRow, notifyOfKeys, unconfirmedKeys } from '../store/queries/api-keys.ts'
import { asOwner } from './as-owner.ts'
import type { GivenArguments } from './find-command.ts'
import { existingKey, stateOf } from './keys.ts'
import type { CommandOutput } from './recovery-commands.ts'
import { shownMinute } from './shown-minute.ts'

/**
 * Executes `hadal-runtime keys confirm`: servers accept keys of a restored database again.
 *
 * @throws Error with one sentence
 */
export async function confirmRestoredKeys(given: GivenArguments, pool: pg.Pool): Promise<CommandOutput> {
  const { argument: id } = given
  const all = given.flags.has('all')
  if (all && id !== undefined) throw new Error('Give KEY_ID or --all, not both.')
  if (!all && id === undefined) {
    const { keys, tenants } = await asOwner(pool, unconfirmedKeys)
    throw new Error(
      `Give KEY_ID or --all. ${keys} ${keys === 1 ? 'key waits' : 'keys wait'} for a confirmation${keys === 0 ? '' : `, in the tenants ${tenants.join(', ')}: "hadal-runtime keys list --tenant TENANT" shows them`}.`,
    )
  }
  const key = id === undefined ? undefined : await existingKey(id, pool)
  if (key) requireConfirmable(key)
  const count = await asOwner(pool, async (client) => {
    const confirmed = await confirmKeys(client, key?.key_id)
    await notifyOfKeys(client)
    return confirmed
  })
  return { output: `${confirmedText(count, key)}\n`, notice: '' }
}

/** @throws Error if no confirmation makes the key valid */
function requireConfirmable(key: KeyRow): void {
  const state = stateOf(key)
  if (state === 'revoked') throw new Error(`The key ${key.key_id} is revoked, so it can't be confirmed.`)
  if (state === 'expired')
    throw new Error(
      `The key ${key.key_id} expired on ${shownMinute(key.expires_at)} UTC, so a confirmation does not make it valid. Make another one with "hadal-runtime keys create".`,
    )
}

function confirmedText(count: number, key: KeyRow | undefined): string {
  if (count === 1) return '1 key is confirmed: every server accepts it now.'
  if (count > 1) return `${count} keys are confirmed: every server accepts them now.`
  return key ? `The key ${key.key_id} waits for no confirmation.` : 'No key waits for a confirmation.'
}
