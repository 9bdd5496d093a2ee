import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Served } from '../run-path/served.ts'
import { difference, type StoredBytes, storedBytes, walBytes } from './stored-bytes.ts'
import { type AskedAnswer, streamAnswer } from './stream-answer.ts'

/** Number of concurrent answers whose bytes are measured together: tables grow in pages of 8 KiB. */
const answers = 5
/** The measured answer: 12 KB of text by a fast model. */
const answer = { tokens: 2_000, perSecond: 100 } as const
/** Answer before the measured one: the first change of a page after a checkpoint of PostgreSQL writes the whole page to the log. */
const warmUp = { ...answer, tokens: 50 }
const bytesPerToken = 6

/** Bytes of the database per byte of the answers' text. */
export interface AnswerBytes {
  /** Stored bytes after the answers, without the space of dead rows. */
  readonly stored: StoredBytes
  /** Bytes of the write-ahead log that the whole runs wrote, with what the idle server writes meanwhile. */
  readonly wal: number
}

/**
 * Streams answers in the given modes, and measures what they leave in the database.
 *
 * @param afterwards work between the answers and the measurement of the stored bytes
 */
export async function answerBytes(
  served: Served,
  database: pg.Client,
  streamMode: AskedAnswer['streamMode'],
  afterwards: () => Promise<void> = async () => {},
): Promise<AnswerBytes> {
  // Fills the first pages of tables and indexes that are still empty.
  await stream(served, { ...warmUp, streamMode })
  const before = await storedBytes(database)
  await stream(served, { ...warmUp, streamMode })
  // VACUUM FULL makes autovacuum look at every table again, and its log is not that of the runs.
  await withoutAutovacuum(database)
  const walBefore = await walBytes(database)
  await stream(served, { ...answer, streamMode })
  const wal = (await walBytes(database)) - walBefore
  await afterwards()
  const { events, checkpoints, other } = difference(await storedBytes(database), before)
  const perText = (bytes: number): number => bytes / answers / bytesPerToken / (warmUp.tokens + answer.tokens)
  return {
    stored: { events: perText(events), checkpoints: perText(checkpoints), other: perText(other) },
    wal: wal / answers / bytesPerToken / answer.tokens,
  }
}

/** Turns autovacuum off in the PostgreSQL server, and waits until it has ended its work. */
async function withoutAutovacuum(database: pg.Client): Promise<void> {
  await database.query('ALTER SYSTEM SET autovacuum = off')
  await database.query('SELECT pg_reload_conf()')
  const working = "SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'"
  while ((await database.query(working)).rowCount !== 0) await pause(100)
}

async function stream(served: Served, asked: AskedAnswer): Promise<void> {
  await Promise.all(Array.from({ length: answers }, () => streamAnswer(served, asked, () => {})))
}
