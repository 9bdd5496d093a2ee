import type { Queryable } from '../transaction.ts'

const undefinedTable = '42P01'

/** Returns the version of the newest applied migration of our own tables, 0 if there is none. */
export async function migratedTo(database: Queryable): Promise<number> {
  try {
    const { rows } = await database.query<{ version: number | null }>(
      'SELECT max(version) AS version FROM hadal.migration',
    )
    return rows[0]?.version ?? 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === undefinedTable) return 0
    throw error
  }
}
