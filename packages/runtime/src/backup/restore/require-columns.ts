import type pg from 'pg'
import type { Manifest } from '../manifest.ts'
import { readTableSources } from '../table-source.ts'

/** @throws Error if a table of the backup has a column that the migrated table lacks or has with another type */
export async function requireColumns(client: pg.Client, manifest: Manifest): Promise<void> {
  const sources = await readTableSources(client)
  for (const { name, columns } of manifest.tables) {
    const own = sources.find((source) => source.name === name)
    if (!own)
      throw new Error(
        `Backup ${manifest.id} has rows of ${name}, which schema version ${manifest.schemaVersion} does not have.`,
      )
    for (const column of columns) {
      const found = own.columns.find((candidate) => candidate.name === column.name)
      if (found && withoutSchema(found.type) === withoutSchema(column.type)) continue
      throw new Error(
        `Column ${column.name} of ${name} has type ${column.type} in backup ${manifest.id}, and ${found ? `type ${found.type}` : 'does not exist'} in schema version ${manifest.schemaVersion}. Use the program of version ${manifest.program}.`,
      )
    }
  }
}

/** Removes the schema of an extension's type: it may differ between databases. */
const withoutSchema = (type: string): string => type.replace(/^(?:"[^"]+"|\w+)\./, '')
