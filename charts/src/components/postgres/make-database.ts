import { postgresNames, secretFile } from '@hadal/platform/names'

/**
 * Script that the official image runs once, on an empty volume. It creates the database with an owner that is not a superuser, as the
 * other kinds have it: row-level security doesn't apply to superusers. Afterwards no superuser can sign in over the network.
 */
export const makeDatabase = `set -eu
owner="$(cat ${secretFile('db-credentials/username')})"
secret="$(cat ${secretFile('db-credentials/password')})"
psql --no-psqlrc --username postgres --dbname postgres --set ON_ERROR_STOP=1 \\
  --set owner="$owner" --set secret="$secret" --set database=${postgresNames.database} <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'secret';
CREATE DATABASE :"database" OWNER :"owner";
ALTER ROLE postgres PASSWORD NULL;
SQL
`
