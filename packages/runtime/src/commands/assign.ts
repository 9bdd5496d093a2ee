import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'
import { namespaceProblem } from '../store/item-place.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { hasVectorTable } from '../store/queries/store-vectors.ts'
import { countUnownedItems, moveItems, type UnownedItems } from '../store/queries/unowned-items.ts'
import {
  countUnownedThreads,
  lockUnownedThreads,
  setOwner,
  type UnownedThreads,
} from '../store/queries/unowned-threads.ts'
import { retryWhileLocked } from '../store/retry-while-locked.ts'
import { defaultTenant } from '../store/scope.ts'
import type { Seals } from '../store/sealing/seals.ts'
import { checkedName, listedIds } from './checked-options.ts'
import type { GivenArguments } from './find-command.ts'
import { inTenant } from './in-tenant.ts'

export const assignOptions = {
  user: 'USER',
  tenant: 'TENANT',
  threads: 'ID,ID',
  metadata: 'JSON',
  'all-threads': null,
  items: 'NAMESPACE',
  'dry-run': null,
} as const

/** Number of threads, or of items, per transaction: servers wait for a lock at most for the duration of one. */
const perBatch = 100
/** Pause in milliseconds before a further try for threads that other transactions have locked. */
const lockedPauseMs = 200
/** Maximum number of these tries in a row. */
const mostLockedTries = 50

/**
 * Executes `hadal-runtime assign`: gives threads and items that belong to no user to a user, in batches, while servers serve.
 *
 * @param seals encryption of the database
 * @returns its standard output
 * @throws Error with one sentence
 */
export async function assign(given: GivenArguments, pool: pg.Pool, seals: Seals | undefined): Promise<string> {
  const { user, threads, items } = asked(given)
  const { tenant } = threads ?? items ?? { tenant: defaultTenant }
  const dryRun = given.flags.has('dry-run')
  if (!dryRun)
    await inTenant(pool, tenant, (client) => insertAudit(client, { action: 'threads.assigned', tenant, user }))
  const lines: string[] = []
  if (threads) lines.push(await assignThreads(pool, threads, user, dryRun))
  if (items) lines.push(await assignItems(pool, items, user, dryRun, seals))
  const head = dryRun ? 'Nothing was changed. The command would give' : 'Given'
  return `${head} to user ${user} of tenant ${tenant}:\n${lines.map((line) => `${line}\n`).join('')}`
}

async function assignThreads(pool: pg.Pool, threads: UnownedThreads, user: string, dryRun: boolean): Promise<string> {
  const before = await inTenant(pool, threads.tenant, (client) => countUnownedThreads(client, threads))
  if (!dryRun) await inBatches(() => inTenant(pool, threads.tenant, (client) => assignSome(client, threads, user)))
  const after = dryRun
    ? undefined
    : await inTenant(pool, threads.tenant, (client) => countUnownedThreads(client, threads))
  if (after) {
    const left =
      after.threads === 0 ? '' : `; ${after.threads} threads are busy: run the command again after their runs`
    return `threads: ${before.threads - after.threads}, runs: ${before.runs - after.runs}${left}`
  }
  const left =
    before.busy === 0 ? '' : `; ${before.busy} of the threads are busy, and are left out until their runs are over`
  return `threads: ${before.threads}, runs: ${before.runs}${left}`
}

async function assignSome(client: pg.ClientBase, threads: UnownedThreads, user: string): Promise<number> {
  const ids = await lockUnownedThreads(client, threads, perBatch)
  if (ids.length > 0) {
    await setOwner(client, threads.tenant, user, ids)
    return ids.length
  }
  const { threads: left, busy } = await countUnownedThreads(client, threads)
  return left > busy ? locked : 0
}

async function assignItems(
  pool: pg.Pool,
  items: UnownedItems,
  user: string,
  dryRun: boolean,
  seals: Seals | undefined,
): Promise<string> {
  const { tenant, prefix } = items
  const before = await inTenant(pool, tenant, (client) => countUnownedItems(client, items, user))
  if (!dryRun) {
    const options = { seals, hasVectors: await hasVectorTable(pool) }
    await inBatches(() => inTenant(pool, tenant, (client) => moveItems(client, items, user, perBatch, options)))
  }
  const left =
    before.taken === 0
      ? ''
      : `; ${before.taken} items stay, because the user has items at the same places below its own namespace`
  return `items below ${prefix.join('.')}: ${before.items - before.taken}${left}`
}

/** Result of a batch if other transactions have locked all that is left. */
const locked = -1

/** @param batch returns the number of handled rows; 0 if none is left */
async function inBatches(batch: () => Promise<number>): Promise<void> {
  for (let tries = 0; ; ) {
    const done = await retryWhileLocked(batch)
    if (done === 0) return
    tries = done === locked ? tries + 1 : 0
    if (tries > mostLockedTries) {
      throw new Error(
        'Other transactions keep threads locked. What was given to the user stays; run the command again.',
      )
    }
    if (done === locked) await pause(lockedPauseMs)
  }
}

interface Asked {
  readonly user: string
  readonly threads: UnownedThreads | undefined
  readonly items: UnownedItems | undefined
}

/** @throws Error with one sentence about an option that is missing or invalid */
function asked({ options, flags }: GivenArguments): Asked {
  const user = options.get('user')
  if (user === undefined) throw new Error('--user is missing. Name the user who gets the threads, such as --user ada.')
  const tenant = checkedName('--tenant', options.get('tenant') ?? defaultTenant)
  const [ids, metadata, all] = [options.get('threads'), options.get('metadata'), flags.has('all-threads')]
  const ways = [ids !== undefined, metadata !== undefined, all].filter(Boolean).length
  const items = options.get('items')
  if (ways > 1) throw new Error('Give one of --threads, --metadata and --all-threads.')
  if (ways === 0 && items === undefined) {
    throw new Error('Nothing to give: name --threads, --metadata, --all-threads or --items.')
  }
  return {
    user: checkedName('--user', user),
    threads:
      ways === 0
        ? undefined
        : {
            tenant,
            ids: ids === undefined ? undefined : listedIds(ids, '--threads has', 'thread'),
            metadata: metadataOf(metadata),
          },
    items: items === undefined ? undefined : { tenant, prefix: prefixOf(items) },
  }
}

function metadataOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    const found = z.record(z.string(), z.json()).parse(JSON.parse(text))
    // An empty filter would be every thread.
    if (Object.keys(found).length > 0) return JSON.stringify(found)
  } catch {
    // The sentence is the same.
  }
  throw new Error(`--metadata is ${text}. Give a JSON object with at least one field, such as '{"team": "legal"}'.`)
}

function prefixOf(text: string): string[] {
  const prefix = text.split('.')
  const problem = namespaceProblem(prefix)
  if (problem)
    throw new Error(`--items is "${text}", which ${problem}. Give a namespace with periods, such as memories.team.`)
  return prefix
}
