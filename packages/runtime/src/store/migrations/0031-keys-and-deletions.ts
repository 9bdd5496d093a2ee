import { apiKeys } from './0022-api-keys.ts'
import { nextVersion } from './next-version.ts'

/**
 * Migration for databases to which an earlier release applied 26 and 27 in another form: it hid unconfirmed keys from the first version of the search for
 * API keys and had a second one, and `hadal.deletion` had no owner. Other databases only get the second search, which the servers of that release call.
 */
export const keysAndDeletions = `
${['find_api_keys_v1', 'find_api_keys_v2']
  .map((name) => nextVersion(apiKeys, 'find_api_keys_v1', name, [['CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION']]))
  .join('\n')}

-- Always NULL: a row names no user.
ALTER TABLE hadal.deletion ADD COLUMN IF NOT EXISTS owner text;
`
