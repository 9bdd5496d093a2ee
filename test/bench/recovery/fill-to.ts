import pg from 'pg'
import { fill } from '../size/fill.ts'

/** Number of different words in the texts, and of the texts from which parts are taken. */
const words = 20_000
const texts = 256
const bytesPerText = 64 * 1_024
/** Bytes of a database per thread, with indexes. */
const bytesPerThread = 10_400
const batch = 25_000

/** Texts whose words are as frequent as those of a language: the n-th word has a share of about 1 ÷ n. */
function madeTexts(): string[] {
  let seed = 42
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  const letters = 'etaoinshrdlucmfwypvbgkjqxz'
  const vocabulary = Array.from({ length: words }, () =>
    Array.from({ length: 2 + Math.floor(random() * 9) }, () => letters[Math.floor(random() ** 2 * 26)]).join(''),
  )
  return Array.from({ length: texts }, () => {
    let text = ''
    while (text.length < bytesPerText) text += `${vocabulary[Math.floor(words ** random()) - 1]} `
    return text.slice(0, bytesPerText)
  })
}

/** SQL for a part of a text. Each number and name has another part. */
const part = (name: string, length: number): string =>
  `substr(body, 1 + (hashtext('${name}' || number) & 32767), ${length})`
const numbers = `generate_series($1::bigint, $2::bigint) AS number JOIN bench.text ON text.id = hashtext('text' || number) & 255`

const statements = [
  `INSERT INTO hadal.run_event (run_id, sequence, event, data)
   SELECT md5('run' || number)::uuid, sequence, 'messages/partial', to_json(substr(body, 1 + (hashtext(sequence || 'event' || number) & 32767), 500))::text
   FROM ${numbers}, generate_series(1, 5) AS sequence`,
  `INSERT INTO public.checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
   SELECT md5('thread' || number)::uuid::text, '', 'files', '1', 'json', convert_to(${part('file', 3_000)}, 'UTF8') FROM ${numbers}`,
  `INSERT INTO public.checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, channel, type, blob)
   SELECT md5('thread' || number)::uuid::text, '', md5('checkpoint' || number), md5('task' || number), 0, 'messages', 'json',
     convert_to(${part('write', 700)}, 'UTF8') FROM ${numbers}`,
]

/**
 * Fills a migrated database with finished threads of one run each, until it has a size. Half of the bytes are texts that compress like a language.
 *
 * @returns the number of threads
 */
export async function fillTo(url: string, gigabytes: number): Promise<number> {
  const threads = Math.round((gigabytes * 1e9) / bytesPerThread)
  await fill(url, threads)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    await client.query('SET synchronous_commit = off')
    await client.query('CREATE SCHEMA bench')
    await client.query('CREATE TABLE bench.text (id integer PRIMARY KEY, body text NOT NULL)')
    await client.query('ALTER TABLE bench.text ALTER COLUMN body SET STORAGE EXTERNAL')
    for (const [id, body] of madeTexts().entries())
      await client.query('INSERT INTO bench.text VALUES ($1, $2)', [id, body])
    await client.query('ANALYZE bench.text')
    for (const statement of statements)
      for (let from = 1; from <= threads; from += batch)
        await client.query(statement, [from, Math.min(from + batch - 1, threads)])
    await client.query('DROP SCHEMA bench CASCADE')
    await client.query('VACUUM (ANALYZE)')
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
  }
  return threads
}
