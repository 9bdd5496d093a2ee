import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Served } from '../run-path/served.ts'
import { difference, type StoredBytes, storedBytes, walBytes } from './stored-bytes.ts'
import { type AskedAnswer, streamAnswer } from './stream-answer.ts'

/** Number of concurrent answers whose bytes are measured together: tables grow in pages of 8 KiB. */
export const answers = 5
/** The measured answer: 12 KB of text by a fast model. */
const answer = { tokens: 2_000, perSecond: 100 } as const
/** Bytes of the text of one answer. */
export const textBytes = 12_000
/** Seconds for which the write-ahead log of the idle server is measured. */
const idleSeconds = 5

/** Bytes of the database per byte of an answer's text. */
export interface AnswerBytes {
  /** Stored bytes after the answers, without the space of dead rows. */
  readonly stored: StoredBytes
  /** Bytes of the write-ahead log that the whole runs wrote. */
  readonly wal: number
}

/** Streams answers in the given modes, and measures what they leave in the database. */
export async function answerBytes(
  served: Served,
  database: pg.Client,
  streamMode: AskedAnswer['streamMode'],
): Promise<AnswerBytes> {
  // The first changes of a page after a checkpoint of PostgreSQL write the whole page to the log.
  await stream(served, { ...answer, tokens: 50, streamMode })
  const before = await storedBytes(database)
  const idleFrom = await walBytes(database)
  await pause(idleSeconds * 1_000)
  const started = performance.now()
  const runsFrom = await walBytes(database)
  await stream(served, { ...answer, streamMode })
  const wal = (await walBytes(database)) - runsFrom
  const idle = ((runsFrom - idleFrom) / idleSeconds) * ((performance.now() - started) / 1_000)
  const { events, checkpoints, other } = difference(await storedBytes(database), before)
  const perText = (bytes: number): number => bytes / answers / textBytes
  return {
    stored: { events: perText(events), checkpoints: perText(checkpoints), other: perText(other) },
    wal: perText(wal - idle),
  }
}

async function stream(served: Served, asked: AskedAnswer): Promise<void> {
  await Promise.all(Array.from({ length: answers }, () => streamAnswer(served, asked, () => {})))
}
