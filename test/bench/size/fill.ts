import { migrate } from '@hadal/runtime/store/migrate'
import { largeIndexes } from '@hadal/runtime/store/migrations/large-indexes'
import pg from 'pg'

/** Rows of one statement, so that a failed fill leaves no huge transaction. */
const batch = 100_000

/** Settings of the session that fills: no triggers and no foreign keys, which are checked row by row. */
const settings = [
  'SET session_replication_role = replica',
  'SET synchronous_commit = off',
  "SET maintenance_work_mem = '512MB'",
  'SET jit = off',
]

const id = (name: string): string => `md5('${name}' || number)::uuid`
/** A time within the last year, but not within the last day, spread evenly. */
const time = (prime: number): string =>
  `now() - interval '1 day' - (number * ${prime} % 1000003)::float8 * interval '31 seconds'`
const state = `jsonb_build_object(
  'customer', 'customer-' || (number * 104729 % 50000), 'turns', number % 20, 'done', number % 2 = 0,
  'messages', jsonb_build_array(
    jsonb_build_object('type', 'human', 'id', md5('h' || number), 'content', repeat(md5('question' || number) || ' ', 8)),
    jsonb_build_object('type', 'ai', 'id', md5('a' || number), 'content', repeat(md5('answer' || number) || ' ', 16))))`

/** Statements that insert the rows of a range of numbers: a finished thread with one run and one checkpoint each. */
const statements = [
  `INSERT INTO hadal.thread (thread_id, status, metadata, "values", searched_values, interrupts, created_at, updated_at, state_updated_at)
   SELECT ${id('thread')},
     CASE WHEN number % 200 = 1 THEN 'interrupted' WHEN number % 50 = 2 THEN 'error' ELSE 'idle' END,
     jsonb_build_object('graph_id', 'echo', 'user', 'user-' || (number * 7919 % 10000),
       'plan', CASE WHEN number % 10 = 3 THEN 'pro' ELSE 'free' END, 'session', md5('session' || number)),
     state, hadal.searched_values_v1(state), '{}', ${time(7919)}, ${time(104_729)}, ${time(104_729)}
   FROM (SELECT number, ${state} AS state FROM generate_series($1::bigint, $2::bigint) AS number) AS made`,
  `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, status, multitask_strategy, request, attempt,
     created_at, updated_at, started_at, ended_at)
   SELECT ${id('run')}, ${id('thread')}, 'echo', ${id('assistant')}, 'success', 'enqueue',
     json_build_object('input', repeat('hello ', 20)), 0, at, at, at, at
   FROM (SELECT number, ${time(104_729)} AS at FROM generate_series($1::bigint, $2::bigint) AS number) AS made`,
  `INSERT INTO public.checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
   SELECT ${id('thread')}::text, '', 'messages', '1', 'json', convert_to((${state} -> 'messages')::text, 'UTF8')
   FROM generate_series($1::bigint, $2::bigint) AS number`,
  `INSERT INTO public.checkpoints (thread_id, checkpoint_ns, checkpoint_id, checkpoint, metadata, hadal_sequence)
   SELECT ${id('thread')}::text, '', md5('checkpoint' || number),
     jsonb_build_object('v', 4, 'id', md5('checkpoint' || number), 'ts', '2026-01-01T00:00:00Z', 'channel_values', '{}'::jsonb,
       'channel_versions', '{"messages": 1}'::jsonb, 'versions_seen', '{}'::jsonb),
     jsonb_build_object('source', 'loop', 'step', 1, 'run_id', ${id('run')}), number
   FROM generate_series($1::bigint, $2::bigint) AS number`,
  "SELECT setval('hadal.checkpoint_sequence', greatest($2::bigint, $1::bigint))",
]

/**
 * Fills a migrated database with finished threads, each with one run, one checkpoint and about 1 KB of values, as fast as PostgreSQL writes: the
 * indexes of searches are built afterwards.
 */
export async function fill(url: string, threads: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const setting of settings) await client.query(setting)
    const { rows } = await client.query<{ definition: string }>(
      "SELECT pg_get_indexdef('hadal.thread_metadata'::regclass) AS definition",
    )
    await client.query('DROP INDEX hadal.thread_metadata')
    for (const { name } of largeIndexes) await client.query(`DROP INDEX ${name}`)
    for (const statement of statements) {
      for (let from = 1; from <= threads; from += batch) {
        await client.query(statement, [from, Math.min(from + batch - 1, threads)])
      }
    }
    for (const { definition } of rows) await client.query(definition)
    await migrate(url)
    await client.query('VACUUM (ANALYZE)')
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
  }
}

/** Copies the newest checkpoint of a thread, so that its history has `count` more states, as after many steps that changed nothing. */
export async function lengthenHistory(url: string, threadId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(
      `INSERT INTO public.checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata, hadal_sequence)
       SELECT thread_id, checkpoint_ns, new_id, checkpoint_id, type, jsonb_set(checkpoint, '{id}', to_jsonb(new_id)), metadata,
         nextval('hadal.checkpoint_sequence')
       FROM (SELECT * FROM public.checkpoints WHERE thread_id = $1 ORDER BY hadal_sequence DESC, checkpoint_id DESC LIMIT 1) AS newest,
         LATERAL (SELECT 'ffffffff-' || lpad(number::text, 27, '0') AS new_id FROM generate_series(1, $2::int) AS number ORDER BY number) AS made`,
      [threadId, count],
    )
    await client.query('ANALYZE public.checkpoints')
  } finally {
    await client.end()
  }
}
