import type pg from 'pg'
import type { VerifiedTls } from '../store/database-connection.ts'
import { countByKey, sealRows } from '../store/queries/seal-rows.ts'
import { removeOtherKeys } from '../store/queries/sealing-keys.ts'
import { removeVectors } from '../store/queries/store-vectors.ts'
import { sealedColumns } from '../store/sealing/sealed-columns.ts'
import type { Seals } from '../store/sealing/seals.ts'
import { withDatabase } from './with-database.ts'

export interface SealOptions {
  /** Address of the database, as a role that sees the rows of all tenants. */
  readonly databaseUrl: string
  readonly tls: VerifiedTls | undefined
  readonly seals: Seals | undefined
  /** Whether the command only counts values. */
  readonly dryRun: boolean
}

/** Maximum number of passes over a column. A further pass is needed only for rows that servers changed meanwhile. */
const mostPasses = 3

/**
 * Executes `hadal-runtime seal`: encrypts every stored value with the newest key while servers serve or, with `ENCRYPTION` `off`, decrypts them all.
 * It can be stopped and started again. Afterwards the records of keys that encrypt nothing are removed, so that servers start without these keys.
 *
 * @returns its standard output
 * @throws Error with one sentence if there is no key, if the database can't be reached, or if a value can't be decrypted
 */
export async function seal({ databaseUrl, tls, seals, dryRun }: SealOptions): Promise<string> {
  if (!seals) throw new Error('ENCRYPTION_KEY is not set. Set it to the keys of the servers, newest first.')
  return withDatabase({ url: databaseUrl, tls, name: 'hadal seal' }, async (pool) => {
    if (dryRun) return `Nothing was changed.\n${(await countsOf(pool, seals)).text}`
    const { changed, unreadable } = await sealAll(pool, seals)
    if (unreadable.length > 0) throw new Error(unreadableValues(unreadable))
    const vectors = seals.writes ? await removeVectors(pool) : 0
    const { text, keyIds } = await countsOf(pool, seals)
    const removed = await removeOtherKeys(pool, seals.writes ? [...keyIds, ...seals.sealer.keyIds.slice(0, 1)] : keyIds)
    const lines = [
      `${seals.writes ? 'Encrypted' : 'Decrypted'} values: ${changed}`,
      ...(vectors > 0 ? [`Removed vectors of the semantic search: ${vectors}`] : []),
      ...(removed.length > 0 ? [`Keys that encrypt nothing any more: ${removed.join(', ')}`] : []),
    ]
    return `${lines.join('\n')}\n${text}`
  })
}

async function sealAll(pool: pg.Pool, seals: Seals): Promise<{ changed: number; unreadable: readonly string[] }> {
  let changed = 0
  const unreadable = new Set<string>()
  for (const column of sealedColumns) {
    for (let pass = 0, ofPass = 1; pass < mostPasses && ofPass > 0; pass += 1) {
      ofPass = 0
      let last: readonly string[] | undefined
      do {
        const done = await sealRows(pool, column, seals, last)
        ofPass += done.changed
        for (const reason of done.unreadable) unreadable.add(reason)
        last = done.last
      } while (last)
      changed += ofPass
    }
  }
  return { changed, unreadable: [...unreadable] }
}

/** Maximum number of values that the error of the command names. */
const mostNamed = 20

const unreadableValues = (reasons: readonly string[]): string =>
  `${reasons.length} values can't be decrypted and stay as they are. All others are done.\n${reasons
    .slice(0, mostNamed)
    .map((reason) => `- ${reason}\n`)
    .join('')}Run the command again after you have restored or deleted these rows.`

async function countsOf(pool: pg.Pool, seals: Seals): Promise<{ readonly text: string; readonly keyIds: string[] }> {
  const keyIds = new Set<string>()
  let text = ''
  for (const column of sealedColumns) {
    const counts = await countByKey(pool, column)
    for (const { keyId } of counts) if (keyId !== null) keyIds.add(keyId)
    const parts = counts.map(({ keyId, count }) => `${count} ${keyId === null ? 'plain' : wordsOf(keyId, seals)}`)
    text += `${column.name}: ${parts.join(', ') || 'no value'}\n`
  }
  return { text, keyIds: [...keyIds] }
}

function wordsOf(keyId: string, { sealer: { keyIds } }: Seals): string {
  const [newest] = keyIds
  return `with key ${keyId}${keyId === newest ? ' (the newest)' : keyIds.includes(keyId) ? '' : ' (which ENCRYPTION_KEY does not contain)'}`
}
