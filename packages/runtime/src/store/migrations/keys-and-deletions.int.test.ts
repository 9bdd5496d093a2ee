import { expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { schemaOfDatabase } from '../../fixtures/database-content.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { migrate } from '../migrate.ts'
import { lockMigrations, migrateTables } from '../migrate-tables.ts'

const earlier = createDatabase({ migrated: false })
const wanted = createDatabase({ migrated: false })

/** What migrations 26 and 27 did in the release that applied them in another form. */
const ofEarlierRelease = `
  ALTER TABLE hadal.deletion DROP COLUMN owner;
  CREATE FUNCTION hadal.find_api_keys_v2(ids text[]) RETURNS SETOF hadal.api_key LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM set_config('hadal.key_ids', array_to_string(ids, ','), true);
    RETURN QUERY SELECT * FROM hadal.api_key WHERE key_id = ANY (ids);
  END $$;
  CREATE OR REPLACE FUNCTION hadal.find_api_keys_v1(ids text[]) RETURNS SETOF hadal.api_key LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM set_config('hadal.key_ids', array_to_string(ids, ','), true);
    RETURN QUERY SELECT * FROM hadal.api_key WHERE key_id = ANY (ids) AND unconfirmed_since IS NULL;
  END $$`

test('a database with other forms of migrations 26 and 27 gets the schema of a new one', async () => {
  await withClient(earlier(), async (client) => {
    await lockMigrations(client)
    await migrateTables(client, 30)
    await client.query(ofEarlierRelease)
  })
  expect(await migrate(earlier())).toEqual(['keys and deletions of an earlier release'])
  await migrate(wanted())
  expect(await withClient(earlier(), schemaOfDatabase)).toEqual(await withClient(wanted(), schemaOfDatabase))
})
