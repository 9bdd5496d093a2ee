import { randomBytes } from 'node:crypto'
import { migrate } from '@hadal/runtime/store/migrate'
import pg from 'pg'

/** Runs `work` on a new connection, and closes the connection. */
export async function withConnection<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** SQL of a trigger that records each end of a run in `run_end`, because the run's row alone would not show a second end. */
const recordEnds = `
CREATE TABLE public.run_end (run_id uuid NOT NULL, status text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE FUNCTION public.record_run_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.run_end (run_id, status) VALUES (NEW.run_id, NEW.status);
  RETURN NULL;
END $$;
CREATE TRIGGER record_run_end AFTER UPDATE OF status ON hadal.run
  FOR EACH ROW WHEN (NEW.status NOT IN ('pending', 'running')) EXECUTE FUNCTION public.record_run_end();
`

/** Creates a migrated database with a trigger that records each end of a run. @returns its address */
export async function createFaultDatabase(serverUrl: string): Promise<string> {
  const name = `faults_${randomBytes(6).toString('hex')}`
  await withConnection(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`))
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await migrate(url.href)
  await withConnection(url.href, (client) => client.query(recordEnds))
  return url.href
}

export async function dropFaultDatabase(url: string, serverUrl: string): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  await withConnection(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
}
