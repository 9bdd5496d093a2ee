import { setTimeout as pause } from 'node:timers/promises'
import { Role, roles } from '@hadal/platform/access'
import type pg from 'pg'
import { keyIdPattern, keyPrefix, newKeyText, parseKeyText } from '../access/api-keys/key-text.ts'
import { recheckMs } from '../access/api-keys/recheck-ms.ts'
import {
  findKeys,
  insertKey,
  type KeyRow,
  listKeys,
  notifyOfKeys,
  revokeKey,
  shortenKey,
} from '../store/queries/api-keys.ts'
import { defaultTenant } from '../store/scope.ts'
import { checkedName, wholeNumberOption } from './checked-options.ts'
import type { GivenArguments } from './find-command.ts'
import { inTenant } from './in-tenant.ts'
import { shownMinute as shown } from './shown-minute.ts'
import { textTable } from './text-table.ts'

/** Options of each `keys` command: the name of the value. */
export const keysOptions = {
  create: { user: 'USER', roles: 'read,run', tenant: 'TENANT', 'expires-in-days': 'DAYS', name: 'TEXT' },
  list: { tenant: 'TENANT' },
  rotate: { 'overlap-hours': 'HOURS', 'expires-in-days': 'DAYS' },
  revoke: {},
} as const satisfies Record<string, Record<string, string>>
export type KeysAction = keyof typeof keysOptions

/** Output of a `keys` command. */
export interface Written {
  /** Standard output, for programs: the new key, or the list of keys. */
  readonly output: string
  /** Standard error, for people, so that a script which reads the standard output gets only the key. */
  readonly notice: string
}

const daySeconds = 86_400
const defaultDays = '90'
const mostDays = 3_650
const defaultOverlapHours = '24'
const mostOverlapHours = 720

/**
 * Executes `hadal-runtime keys …`.
 *
 * @throws Error with one sentence, without any key
 */
export async function keys(action: KeysAction, given: GivenArguments, pool: pg.Pool): Promise<Written> {
  if (action === 'create') return create(given, pool)
  if (action === 'list') return list(given, pool)
  const row = await existingKey(given.argument ?? '', pool)
  return action === 'rotate' ? rotate(row, given, pool) : revoke(row, pool)
}

const tenantOf = ({ options }: GivenArguments): string =>
  checkedName('--tenant', options.get('tenant') ?? defaultTenant)

const days = (given: GivenArguments, otherwise: string): number =>
  wholeNumberOption(given, 'expires-in-days', otherwise, { from: 1, to: mostDays })

async function create(given: GivenArguments, pool: pg.Pool): Promise<Written> {
  const { options } = given
  const user = options.get('user')
  if (user === undefined)
    throw new Error('--user is missing. Name the user who signs in with the key, such as --user ada.')
  const key = {
    user: checkedName('--user', user),
    tenant: tenantOf(given),
    roles: rolesOf(options.get('roles')),
    name: checkedName('--name', options.get('name') ?? '', true),
    seconds: days(given, defaultDays) * daySeconds,
  }
  const { text, id, expires } = await inTenant(pool, key.tenant, (client) => stored(client, key))
  return {
    output: `${text}\n`,
    notice: `${about(id, key)} expires on ${shown(expires)} UTC. The key is shown only now: store it.\n`,
  }
}

const about = (
  id: string,
  { user, tenant, roles: has }: Pick<Parameters<typeof insertKey>[1], 'user' | 'tenant' | 'roles'>,
): string => `Key ${id} of user ${user} (tenant ${tenant}, roles ${has.join(', ')})`

/** Creates a key, stores its hash, and notifies the servers. */
async function stored(
  client: pg.ClientBase,
  key: Omit<Parameters<typeof insertKey>[1], 'id' | 'hash'>,
): Promise<{ text: string; id: string; expires: Date }> {
  const text = newKeyText()
  const sent = parseKeyText(text)
  if (!sent) throw new Error('A new API key is not valid. This is a bug in Hadal.')
  const expires = await insertKey(client, { ...key, id: sent.id, hash: sent.hash })
  await notifyOfKeys(client)
  return { text, id: sent.id, expires }
}

function rolesOf(list: string | undefined): Role[] {
  const allowed = `The roles are ${roles.join(', ')}: separate them by commas.`
  if (list === undefined) throw new Error(`--roles is missing. ${allowed}`)
  const given = new Set(list.split(',').map((role) => role.trim()))
  return [...given].map((role) => {
    const known = Role.safeParse(role)
    if (!known.success) throw new Error(`--roles has "${role}", which is not a role. ${allowed}`)
    return known.data
  })
}

async function list(given: GivenArguments, pool: pg.Pool): Promise<Written> {
  const tenant = tenantOf(given)
  const rows = await inTenant(pool, tenant, (client) => listKeys(client, tenant))
  if (rows.length === 0) return { output: '', notice: `The tenant ${tenant} has no API key.\n` }
  const table = [
    ['ID', 'USER', 'ROLES', 'STATE', 'EXPIRES', 'LAST USED', 'CREATED', 'NAME'],
    ...rows.map((row) => [
      row.key_id,
      row.owner,
      row.roles.join(','),
      stateOf(row),
      shown(row.expires_at),
      row.last_used_at ? shown(row.last_used_at) : 'never',
      shown(row.created_at),
      row.name,
    ]),
  ]
  return { output: textTable(table), notice: '' }
}

/** State of a key, as `keys list` shows it. */
export function stateOf({
  revoked_at,
  unconfirmed_since,
  lives_ms,
}: KeyRow): 'revoked' | 'expired' | 'unconfirmed' | 'valid' {
  if (revoked_at) return 'revoked'
  if (lives_ms <= 0) return 'expired'
  return unconfirmed_since ? 'unconfirmed' : 'valid'
}

/** Returns the key with an id. @throws Error if there is none */
export async function existingKey(id: string, pool: pg.Pool): Promise<KeyRow> {
  if (id.startsWith(keyPrefix)) {
    throw new Error(
      'KEY_ID is a whole key. Give its id only, the 16 characters after "hadal_": other users of the machine can see the arguments of a command. Revoke this key.',
    )
  }
  if (!keyIdPattern.test(id))
    throw new Error(`KEY_ID is "${id}", which is not the id of a key. "hadal-runtime keys list" shows the ids.`)
  const [row] = await findKeys(pool, [id])
  if (!row)
    throw new Error(`There is no key ${id}. "hadal-runtime keys list --tenant TENANT" shows the keys of a tenant.`)
  return row
}

async function rotate(old: KeyRow, given: GivenArguments, pool: pg.Pool): Promise<Written> {
  if (stateOf(old) !== 'valid') {
    const way =
      stateOf(old) === 'unconfirmed'
        ? 'Confirm it first with "hadal-runtime keys confirm".'
        : 'Make another one with "hadal-runtime keys create".'
    throw new Error(`The key ${old.key_id} is ${stateOf(old)}, so it can't be rotated. ${way}`)
  }
  const hours = wholeNumberOption(given, 'overlap-hours', defaultOverlapHours, { from: 0, to: mostOverlapHours })
  const lifetime = Math.ceil((old.expires_at.getTime() - old.created_at.getTime()) / (daySeconds * 1_000))
  const { tenant, owner: user, roles: has, name } = old
  const seconds = days(given, String(Math.min(Math.max(lifetime, 1), mostDays))) * daySeconds
  const key = { tenant, user, roles: has, name, seconds, replaces: old.key_id }
  const { text, id, expires, oldExpires } = await inTenant(pool, tenant, async (client) => {
    const ends = await shortenKey(client, tenant, old.key_id, hours * 3_600)
    return { ...(await stored(client, key)), oldExpires: ends ?? old.expires_at }
  })
  return {
    output: `${text}\n`,
    notice:
      `${about(id, key)} expires on ${shown(expires)} UTC. The key is shown only now: store it.\n` +
      `The old key ${old.key_id} is valid until ${shown(oldExpires)} UTC.\n`,
  }
}

async function revoke({ tenant, key_id: id, owner }: KeyRow, pool: pg.Pool): Promise<Written> {
  await inTenant(pool, tenant, async (client) => {
    await revokeKey(client, tenant, id)
    await notifyOfKeys(client)
  })
  // After this time, a server that missed the notification has verified the key again.
  await pause(recheckMs)
  return {
    output: '',
    notice:
      `Key ${id} of user ${owner} (tenant ${tenant}) is revoked: every server that reaches the database refuses its requests now and ends its open ones ` +
      'within 10 s. A server that does not reach it refuses the key after access.trustSeconds.\n',
  }
}
