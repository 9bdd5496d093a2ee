import type pg from 'pg'
import { confirmKeys, notifyOfKeys, unconfirmedKeys } from '../store/queries/api-keys.ts'
import { asOwner } from './as-owner.ts'
import type { GivenArguments } from './find-command.ts'
import { existingKey } from './keys.ts'
import type { CommandOutput } from './recovery-commands.ts'

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
  const { key_id, revoked_at } = id === undefined ? { key_id: undefined } : await existingKey(id, pool)
  if (revoked_at) throw new Error(`The key ${id} is revoked, so it can't be confirmed.`)
  const count = await asOwner(pool, async (client) => {
    const confirmed = await confirmKeys(client, key_id)
    await notifyOfKeys(client)
    return confirmed
  })
  const them =
    count === 1
      ? '1 key is confirmed: every server accepts it'
      : `${count} keys are confirmed: every server accepts them`
  return { output: `${them} now.\n`, notice: '' }
}
